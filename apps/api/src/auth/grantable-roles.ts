/** Nobody hands out more than they have: an owner grants any role, everybody else only their own. */
import type { Membership } from '@reeve/db';
import type { AdminRole } from '@reeve/policy';
import { DomainError } from '../infra/errors.js';
import { SYSTEM } from '../ledger/actor.js';
import type { AdminActor } from './admin-actor.js';
import type { TenantScope } from './tenant-scope.js';

export function requireGrantable(actor: AdminActor, tenant: TenantScope, roles: readonly AdminRole[]): void {
  if (actor.platformAdmin) return;
  const given = grantable(actor.roles.get(tenant.id) ?? [], roles);
  const beyond = roles.filter((role) => !given.includes(role));
  if (beyond.length > 0)
    throw new DomainError('forbidden', `You cannot grant a role you do not have: ${beyond.join(', ')}.`, {
      path: 'roles',
    });
}

/**
 * Of `roles`, what is left of them now that their giver is who they are now: nothing once they are gone. What the
 * system itself gave stays.
 */
export function stillGiven(
  roles: readonly string[],
  givenBy: string,
  giver: Membership | null,
): readonly AdminRole[] {
  if (givenBy === SYSTEM.id) return roles as AdminRole[];
  return giver === null || !mayAct(giver) ? [] : grantable(giver.roles, roles as AdminRole[]);
}

/** Somebody signs in for it, and is not disabled. */
export const mayAct = ({ accountId, disabledAt, removedAt }: Membership): boolean =>
  accountId !== null && disabledAt === null && removedAt === null;

const grantable = (own: readonly string[], roles: readonly AdminRole[]): readonly AdminRole[] =>
  own.includes('owner') ? roles : roles.filter((role) => own.includes(role));
