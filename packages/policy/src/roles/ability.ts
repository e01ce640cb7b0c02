/**
 * The ability of a member in the console and through the administration API: one function for the guard on the door and
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
  'Connection',
  'Subject',
  'Resource',
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
  /** A management key, which makes neither members nor keys nor connections: whoever holds one can't outlive it. */
  readonly automation?: boolean;
}

type Permit = readonly [
  actions: AdminAction | readonly AdminAction[],
  resources: AdminResource | readonly AdminResource[],
];

/**
 * Resources that everybody with a role sees; members, because one has to know whom to ask. Nothing personal: neither
 * subjects nor evidence, nor a member's address.
 */
const SEEING: readonly Permit[] = [
  [
    'read',
    [
      'Overview',
      'Tenant',
      'Member',
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

/** Resources that everybody sees who may know on whose behalf an agent acts. */
const KNOWING: readonly Permit[] = [...SEEING, ['read', ['Subject', 'Resource', 'Evidence']]];

const PERMITS: { readonly [role in AdminRole]: readonly Permit[] } = {
  owner: [
    ...KNOWING,
    ['update', 'Tenant'],
    [
      ['read', 'create', 'update', 'delete'],
      ['Member', 'ApiKey', 'Connection', 'Subject', 'Resource', 'Policy', 'Quota'],
    ],
    ['publish', 'Policy'],
    [['engage', 'lift'], 'KillSwitch'],
    ['export', ['AuditRecord', 'Evidence']],
    ['approve', 'AccessRequest'],
  ],
  policy_editor: [
    ...KNOWING,
    [
      ['create', 'update', 'delete'],
      ['Policy', 'Quota', 'Subject', 'Resource'],
    ],
    ['publish', 'Policy'],
  ],
  operator: [
    ...KNOWING,
    [['engage', 'lift'], 'KillSwitch'],
    ['update', ['Subject', 'Resource']],
    ['read', ['ApiKey', 'Connection']],
    ['delete', ['ApiKey', 'Connection']],
  ],
  approver: [...KNOWING, ['approve', 'AccessRequest']],
  auditor: [...KNOWING, ['read', ['ApiKey', 'Connection']], ['export', ['AuditRecord', 'Evidence']]],
  viewer: SEEING,
};

/** Acts of no key, whatever its roles. It may revoke keys and let connections go. */
const NOT_BY_AUTOMATION: RawRuleOf<AdminAbility>[] = [
  { action: ['create', 'update', 'delete'], subject: 'Member', inverted: true },
  { action: ['create', 'update'], subject: ['ApiKey', 'Connection'], inverted: true },
];

export function abilityFor({ platformAdmin, roles, automation = false }: AbilityActor): AdminAbility {
  const permits = roles.flatMap((role) => (Object.hasOwn(PERMITS, role) ? PERMITS[role] : []));
  const rules: RawRuleOf<AdminAbility>[] = platformAdmin
    ? [{ action: '*', subject: '*' }]
    : permits.map(rule);
  return ability(automation ? [...rules, ...NOT_BY_AUTOMATION] : rules);
}

/** The roles that may, from the same table: what people are told who may not. */
export const rolesThatMay = (action: AdminAction, resource: AdminResource): AdminRole[] =>
  ADMIN_ROLES.filter((role) => abilityFor({ platformAdmin: false, roles: [role] }).can(action, resource));

/** `owner`, `owner or policy editor`: whom to ask. */
export function whoMay(action: AdminAction, resource: AdminResource): string {
  const words = rolesThatMay(action, resource).map((role) => role.replaceAll('_', ' '));
  const last = words.at(-1) ?? 'nobody';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}

/** The platform's order by the name it has among tenants' slugs. It is nobody's tenant. */
export const PLATFORM_SLUG = '_platform';

/**
 * The ability in the platform's own order: its audit log is read by those who run the deployment. What stands in
 * that log (tenants, administrators, global stops) has doors and rules of its own and is never a tenant's matter.
 */
export const abilityOnPlatform = ({ platformAdmin }: Pick<AbilityActor, 'platformAdmin'>): AdminAbility =>
  ability(platformAdmin ? [{ action: ['read', 'export'], subject: 'AuditRecord' }] : []);

const rule = ([action, subject]: Permit): RawRuleOf<AdminAbility> => ({
  action: typeof action === 'string' ? action : [...action],
  subject: typeof subject === 'string' ? subject : [...subject],
});

const ability = (rules: RawRuleOf<AdminAbility>[]): AdminAbility =>
  new Ability<Pair>(rules, { anyAction: '*', anySubjectType: '*' });
