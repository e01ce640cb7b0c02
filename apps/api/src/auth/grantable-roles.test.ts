import type { AdminRole } from '@reeve/policy';
import { describe, expect, it } from 'vitest';
import type { AdminActor } from './admin-actor.js';
import { requireGrantable } from './grantable-roles.js';
import { abilityIn } from './tenant-scope.js';

const actor = (roles: AdminRole[], platformAdmin = false): AdminActor => ({
  kind: 'member',
  id: 'm',
  name: 'm',
  platformAdmin,
  roles: new Map([['t', roles]]),
});
const grant = (who: AdminActor, roles: AdminRole[]) => () =>
  requireGrantable(who, { id: 't', slug: 't', name: 't', ability: abilityIn(who, 't') }, roles);

describe('who may hand out roles', () => {
  it('is an owner for any, everybody else for their own', () => {
    expect(grant(actor(['owner']), ['auditor', 'owner'])).not.toThrow();
    expect(grant(actor([], true), ['owner'])).not.toThrow();
    expect(grant(actor(['operator', 'viewer']), ['viewer'])).not.toThrow();
    expect(grant(actor(['operator', 'viewer']), ['viewer', 'owner'])).toThrow('owner');
    expect(grant(actor([]), ['viewer'])).toThrow();
  });

  it('does not count roles in another tenant', () => {
    const elsewhere = { ...actor([]), roles: new Map([['u', ['owner'] as const]]) };
    expect(grant(elsewhere, ['viewer'])).toThrow();
  });
});
