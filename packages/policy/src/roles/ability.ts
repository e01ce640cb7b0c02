/**
 * What a member may do in the console and through the administration API: one function for the guard on the door and
 * for the button that is greyed out. Nothing is permitted that is not listed. No conditions: an actor's roles are those
 * it has in the tenant at hand.
 */
import { Ability, type RawRuleOf } from '@casl/ability';

export const ADMIN_ROLES = ['owner', 'policy_editor', 'operator', 'approver', 'auditor', 'viewer'] as const;
export type AdminRole = (typeof ADMIN_ROLES)[number];

/** Everything an administrator can meet. `Evidence` is what stands encrypted beside the records. */
export const ADMIN_RESOURCES = [
  'Overview',
  'Tenant',
  'Member',
  'ApiKey',
  'Subject',
  'Policy',
  'Quota',
  'KillSwitch',
  'GlobalKillSwitch',
  'Evaluation',
  'Evidence',
  'AuditRecord',
  'AccessRequest',
] as const;
export type AdminResource = (typeof ADMIN_RESOURCES)[number];

export const ADMIN_ACTIONS = [
  'read',
  'create',
  'update',
  'delete',
  'publish',
  'engage',
  'lift',
  'export',
  'approve',
] as const;
export type AdminAction = (typeof ADMIN_ACTIONS)[number];

type Pair = [AdminAction | '*', AdminResource | '*'];
export type AdminAbility = Ability<Pair>;

export interface AbilityActor {
  /** Runs the deployment: every tenant, and what concerns all of them. */
  readonly platformAdmin: boolean;
  /** In the tenant at hand. */
  readonly roles: readonly AdminRole[];
}

type Permit = readonly [
  actions: AdminAction | readonly AdminAction[],
  resources: AdminResource | readonly AdminResource[],
];

/** What everybody with a role sees. Not evidence: arguments and results are personal data. */
const SEEING: readonly Permit[] = [
  [
    'read',
    [
      'Overview',
      'Tenant',
      'Subject',
      'Policy',
      'Quota',
      'KillSwitch',
      'GlobalKillSwitch',
      'Evaluation',
      'AuditRecord',
      'AccessRequest',
    ],
  ],
];

const PERMITS: { readonly [role in AdminRole]: readonly Permit[] } = {
  owner: [
    ...SEEING,
    ['update', 'Tenant'],
    [
      ['read', 'create', 'update', 'delete'],
      ['Member', 'ApiKey', 'Subject', 'Policy', 'Quota'],
    ],
    ['publish', 'Policy'],
    [['engage', 'lift'], 'KillSwitch'],
    ['read', 'Evidence'],
    ['export', ['AuditRecord', 'Evidence']],
    ['approve', 'AccessRequest'],
  ],
  policy_editor: [
    ...SEEING,
    [
      ['create', 'update', 'delete'],
      ['Policy', 'Quota', 'Subject'],
    ],
    ['publish', 'Policy'],
    ['read', 'Evidence'],
  ],
  operator: [
    ...SEEING,
    [['engage', 'lift'], 'KillSwitch'],
    ['update', 'Subject'],
    ['read', ['Evidence', 'ApiKey']],
    ['delete', 'ApiKey'],
  ],
  approver: [...SEEING, ['read', 'Evidence'], ['approve', 'AccessRequest']],
  auditor: [...SEEING, ['read', ['Member', 'ApiKey', 'Evidence']], ['export', ['AuditRecord', 'Evidence']]],
  viewer: SEEING,
};

export function abilityFor({ platformAdmin, roles }: AbilityActor): AdminAbility {
  return platformAdmin
    ? ability([{ action: '*', subject: '*' }])
    : permitting(roles.flatMap((role) => (Object.hasOwn(PERMITS, role) ? PERMITS[role] : [])));
}

/** The platform's order by the name it has among tenants' slugs. It is nobody's tenant. */
export const PLATFORM_SLUG = '_platform';

/**
 * What may be done in the platform's own order: its audit log is read by those who run the deployment. What stands in
 * that log (tenants, administrators, global stops) has doors and rules of its own and is never a tenant's matter.
 */
export const abilityOnPlatform = ({ platformAdmin }: Pick<AbilityActor, 'platformAdmin'>): AdminAbility =>
  permitting(platformAdmin ? [[['read', 'export'], 'AuditRecord']] : []);

const permitting = (permits: readonly Permit[]): AdminAbility =>
  ability(
    permits.map(([action, subject]) => ({
      action: typeof action === 'string' ? action : [...action],
      subject: typeof subject === 'string' ? subject : [...subject],
    })),
  );

const ability = (rules: RawRuleOf<AdminAbility>[]): AdminAbility =>
  new Ability<Pair>(rules, { anyAction: '*', anySubjectType: '*' });
