import { describe, expect, test } from 'vitest';
import {
  abilityFor,
  abilityOnPlatform,
  ADMIN_ACTIONS,
  ADMIN_RESOURCES,
  ADMIN_ROLES,
  rolesThatMay,
  whoMay,
  type AdminAction,
  type AdminResource,
  type AdminRole,
} from './ability.js';

/** All permissions of everybody: a change here is a change of who holds power. */
const TABLE: { readonly [permission: string]: string } = {
  'read Overview': 'owner policy_editor operator approver auditor viewer',
  'read Tenant': 'owner policy_editor operator approver auditor viewer',
  'update Tenant': 'owner',
  'read Member': 'owner policy_editor operator approver auditor viewer',
  'create Member': 'owner',
  'update Member': 'owner',
  'delete Member': 'owner',
  'read ApiKey': 'owner operator auditor',
  'create ApiKey': 'owner',
  'update ApiKey': 'owner',
  'delete ApiKey': 'owner operator',
  'read Connection': 'owner operator auditor',
  'create Connection': 'owner',
  'update Connection': 'owner',
  'delete Connection': 'owner operator',
  'read Subject': 'owner policy_editor operator approver auditor',
  'create Subject': 'owner policy_editor',
  'update Subject': 'owner policy_editor operator',
  'delete Subject': 'owner policy_editor',
  'read Resource': 'owner policy_editor operator approver auditor',
  'create Resource': 'owner policy_editor',
  'update Resource': 'owner policy_editor operator',
  'delete Resource': 'owner policy_editor',
  'read Policy': 'owner policy_editor operator approver auditor viewer',
  'create Policy': 'owner policy_editor',
  'update Policy': 'owner policy_editor',
  'delete Policy': 'owner policy_editor',
  'publish Policy': 'owner policy_editor',
  'read Quota': 'owner policy_editor operator approver auditor viewer',
  'create Quota': 'owner policy_editor',
  'update Quota': 'owner policy_editor',
  'delete Quota': 'owner policy_editor',
  'read KillSwitch': 'owner policy_editor operator approver auditor viewer',
  'engage KillSwitch': 'owner operator',
  'lift KillSwitch': 'owner operator',
  'read GlobalKillSwitch': 'owner policy_editor operator approver auditor viewer',
  'read Evaluation': 'owner policy_editor operator approver auditor viewer',
  'read Evidence': 'owner policy_editor operator approver auditor',
  'export Evidence': 'owner auditor',
  'read AuditRecord': 'owner policy_editor operator approver auditor viewer',
  'export AuditRecord': 'owner auditor',
  'read AccessRequest': 'owner policy_editor operator approver auditor viewer',
  'approve AccessRequest': 'owner approver',
};
const PERMISSIONS = ADMIN_RESOURCES.flatMap((resource) =>
  ADMIN_ACTIONS.map((action) => [action, resource] as const),
);

const held = (roles: readonly AdminRole[], platformAdmin = false) => {
  const ability = abilityFor({ platformAdmin, roles });
  return PERMISSIONS.filter(([action, resource]) => ability.can(action, resource)).map((permission) =>
    permission.join(' '),
  );
};

test.each(ADMIN_ROLES)('%s: exactly this', (role) => {
  const wanted = Object.entries(TABLE).filter(([, roles]) => roles.split(' ').includes(role));
  expect(held([role]).toSorted()).toEqual(wanted.map(([permission]) => permission).toSorted());
});

test('several roles add up', () => {
  expect(held(['viewer', 'operator'])).toEqual(held(['operator']));
  expect(held(['approver', 'auditor'])).toEqual(
    expect.arrayContaining(['approve AccessRequest', 'export AuditRecord']),
  );
});

describe('the edges', () => {
  test('no role, or one nobody knows, may do nothing', () => {
    expect(held([])).toEqual([]);
    expect(held(['constructor' as AdminRole, 'admin' as AdminRole])).toEqual([]);
  });

  test('who runs the platform may do everything, and only they stop everybody', () => {
    expect(held([], true)).toHaveLength(PERMISSIONS.length);
    expect(ADMIN_ROLES.filter((role) => held([role]).includes('engage GlobalKillSwitch'))).toEqual([]);
  });

  test('a key makes neither members nor keys nor connections, whatever its roles, and may end the latter', () => {
    const beyond = held(ADMIN_ROLES).filter((permission) => {
      const [action, resource] = permission.split(' ') as [AdminAction, AdminResource];
      return !abilityFor({ platformAdmin: false, roles: ADMIN_ROLES, automation: true }).can(
        action,
        resource,
      );
    });
    expect(beyond.toSorted()).toEqual([
      'create ApiKey',
      'create Connection',
      'create Member',
      'delete Member',
      'update ApiKey',
      'update Connection',
      'update Member',
    ]);
  });

  test("CASL's own magic words mean nothing", () => {
    const owner = abilityFor({ platformAdmin: false, roles: ['owner'] });
    expect(owner.can('manage' as never, 'all' as never)).toBe(false);
  });
});

test('on the platform’s order an administrator reads the audit log and does nothing else; others do nothing', () => {
  const permitted = (platformAdmin: boolean) =>
    ADMIN_ACTIONS.flatMap((action) =>
      ADMIN_RESOURCES.filter((resource) => abilityOnPlatform({ platformAdmin }).can(action, resource)).map(
        (resource) => `${action} ${resource}`,
      ),
    );
  expect(permitted(true)).toEqual(['read AuditRecord', 'export AuditRecord']);
  expect(permitted(false)).toEqual([]);
});

test('whom to ask is whoever the door lets in', () => {
  expect(whoMay('export', 'AuditRecord')).toBe('owner or auditor');
  expect(whoMay('read', 'Evidence')).toBe('owner, policy editor, operator, approver or auditor');
  expect(whoMay('update', 'Tenant')).toBe('owner');
  expect(whoMay('engage', 'GlobalKillSwitch')).toBe('nobody');
});

test.each(ADMIN_ACTIONS)('%s: every role that is named may, and no other', (action) => {
  for (const resource of ADMIN_RESOURCES)
    for (const role of ADMIN_ROLES)
      expect(rolesThatMay(action, resource).includes(role)).toBe(
        abilityFor({ platformAdmin: false, roles: [role] }).can(action, resource),
      );
});
