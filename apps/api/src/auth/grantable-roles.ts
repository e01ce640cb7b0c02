/** Nobody hands out more than they have: an owner grants any role, everybody else only their own. */
import type { AdminRole } from '@reeve/policy';
import { DomainError } from '../infra/errors.js';
import type { AdminActor } from './admin-actor.js';
import type { TenantScope } from './tenant-scope.js';

export function requireGrantable(actor: AdminActor, tenant: TenantScope, roles: readonly AdminRole[]): void {
  const own = actor.roles.get(tenant.id) ?? [];
  if (actor.platformAdmin || own.includes('owner')) return;
  const beyond = roles.filter((role) => !own.includes(role));
  if (beyond.length > 0)
    throw new DomainError('forbidden', `You cannot grant a role you do not have: ${beyond.join(', ')}.`, {
      path: 'roles',
    });
}
