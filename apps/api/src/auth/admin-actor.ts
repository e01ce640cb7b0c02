/** Who is at the administration API: a signed-in member, or automation with a management key. */
import type { AdminRole } from '@reeve/policy';
import { PLATFORM_TENANT_ID } from '../infra/config.js';
import type { Actor } from '../ledger/actor.js';

export interface AdminActor extends Actor {
  readonly kind: 'member' | 'management_key';
  readonly platformAdmin: boolean;
  /** Admin roles by tenant id: where the actor belongs. */
  readonly roles: ReadonlyMap<string, readonly AdminRole[]>;
  /** People only. */
  readonly person?: Person;
}

export interface Person {
  /** The session the request came with. */
  readonly tokenHash: string;
  readonly accountId: string;
  readonly email: string;
  readonly totpEnabled: boolean;
  /** Who they are in each tenant, and on the platform. */
  readonly places: ReadonlyMap<string, { readonly id: string; readonly name: string }>;
}

/** One and the same whatever tenant they act in. */
export const identityOf = ({ id, person }: AdminActor): string => person?.accountId ?? id;

/**
 * The actor as one tenant knows them: an id and a name that are this tenant's own, so that no two tenants' records tell
 * that they have somebody in common. Administrators of the platform are the same everywhere.
 */
export function actorIn(actor: AdminActor, tenantId: string): AdminActor {
  const place = actor.person?.places.get(actor.platformAdmin ? PLATFORM_TENANT_ID : tenantId);
  return place === undefined ? actor : { ...actor, ...place };
}
