/** A tenant an actor was let into, and what they may do there. */
import { abilityFor, abilityOnPlatform, type AdminAbility } from '@reeve/policy';
import { PLATFORM_TENANT_ID } from '../infra/config.js';
import type { AdminActor } from './admin-actor.js';

export interface TenantScope {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly ability: AdminAbility;
}

/** Every tenant the actor may see: the argument of pages that span tenants. */
export const ALL_TENANTS = '_all';

/**
 * The one function that says what an actor may do in a tenant; the console greys out its buttons with the same. `null`:
 * what concerns no tenant, which platform administrators do.
 */
export function abilityIn(actor: AdminActor, tenantId: string | null): AdminAbility {
  if (tenantId === PLATFORM_TENANT_ID) return abilityOnPlatform(actor);
  return abilityFor({
    platformAdmin: actor.platformAdmin,
    roles: tenantId === null ? [] : (actor.roles.get(tenantId) ?? []),
    automation: actor.kind === 'management_key',
  });
}
