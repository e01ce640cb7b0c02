/**
 * Destinations: the console's pages, one entry each, listed when they work. The rail, the palette, `g` and its sheet,
 * the gate before a page and where somebody begins are derived from it.
 */
import type { AdminAction, AdminResource, AdminRole } from '@reeve/policy/roles';
import {
  Boxes,
  Building2,
  Cable,
  Coins,
  Contact,
  Gauge,
  Grid3x3,
  KeyRound,
  LayoutDashboard,
  ListTree,
  OctagonX,
  ScrollText,
  Settings2,
  ShieldCheck,
  Timer,
  Users,
  Wrench,
  type LucideIcon,
} from 'lucide-react';
import { TAB_OF } from '../features/permissions/permissions.search.js';
import type { SearchKind } from '../shared/gql/generated/graphql.js';

/** As the rail lists them. */
export const DESTINATION_GROUPS = ['Operate', 'Govern', 'Observe', 'Assure', 'Settings'] as const;

/** The state of a page in its URL, in which a thing is in view. */
export type InView = (id: string) => object;

interface Page {
  readonly to: string;
  readonly label: string;
  readonly group: (typeof DESTINATION_GROUPS)[number];
  readonly Icon: LucideIcon;
  /** `g` and this go there. */
  readonly key: string;
  /** The ability it takes to see it; the guard of the API asks the same. */
  readonly needs: readonly [AdminAction, AdminResource] | null;
  /** True where it can show every tenant at once. */
  readonly acrossTenants: boolean;
  /** Kinds of things that are looked at here. */
  readonly shows?: { readonly [kind in SearchKind]?: InView };
  /** Whoever has this role and no other in their one tenant begins here, and so. */
  readonly begins?: { readonly role: AdminRole; readonly search?: object };
}

const onTabs = Object.fromEntries(
  Object.entries(TAB_OF).map(([kind, tab]) => [kind, (id: string) => ({ tab, open: id })]),
) as { readonly [kind in keyof typeof TAB_OF]: InView };

const PAGES = [
  {
    to: '/$scope',
    label: 'Overview',
    group: 'Operate',
    Icon: LayoutDashboard,
    key: 'o',
    needs: ['read', 'Overview'],
    acrossTenants: true,
  },
  {
    to: '/$scope/panic',
    label: 'Panic switch',
    group: 'Operate',
    Icon: OctagonX,
    key: 'x',
    needs: ['read', 'KillSwitch'],
    acrossTenants: true,
  },
  {
    to: '/$scope/permissions',
    label: 'Permissions',
    group: 'Govern',
    Icon: Grid3x3,
    key: 'p',
    needs: ['read', 'Policy'],
    acrossTenants: false,
    shows: {
      ...onTabs,
      revision: (id) => ({ tab: 'history', base: Math.max(0, Number(id) - 1), vs: Number(id) }),
    },
  },
  {
    to: '/$scope/quotas',
    label: 'Quotas',
    group: 'Govern',
    Icon: Gauge,
    key: 'q',
    needs: ['read', 'Quota'],
    acrossTenants: false,
    shows: { quota: (id) => ({ q: id }) },
  },
  {
    to: '/$scope/tools',
    label: 'Tools',
    group: 'Govern',
    Icon: Wrench,
    key: 'w',
    needs: ['read', 'Policy'],
    acrossTenants: false,
    shows: { tool: (id) => ({ tool: id }) },
  },
  {
    to: '/$scope/evaluations',
    label: 'Evaluations',
    group: 'Observe',
    Icon: ListTree,
    key: 'e',
    needs: ['read', 'Evaluation'],
    acrossTenants: false,
    shows: { evaluation: (id) => ({ peek: id }), run: (id) => ({ run: id, t: '30d' }) },
    begins: { role: 'approver', search: { effect: ['approve', 'confirm'], t: '7d' } },
  },
  {
    to: '/$scope/latency',
    label: 'Latency',
    group: 'Observe',
    Icon: Timer,
    key: 'l',
    needs: ['read', 'Overview'],
    acrossTenants: true,
  },
  {
    to: '/$scope/spend',
    label: 'Spend',
    group: 'Observe',
    Icon: Coins,
    key: 'u',
    needs: ['read', 'Overview'],
    acrossTenants: true,
  },
  {
    to: '/$scope/audit',
    label: 'Audit log',
    group: 'Assure',
    Icon: ScrollText,
    key: 't',
    needs: ['read', 'AuditRecord'],
    acrossTenants: false,
    begins: { role: 'auditor' },
  },
  {
    to: '/$scope/settings/members',
    label: 'Members',
    group: 'Settings',
    Icon: Users,
    key: 'm',
    needs: ['read', 'Member'],
    acrossTenants: false,
    shows: { member: () => ({}) },
  },
  {
    to: '/$scope/settings/keys',
    label: 'API keys',
    group: 'Settings',
    Icon: KeyRound,
    key: 'k',
    needs: ['read', 'ApiKey'],
    acrossTenants: false,
    shows: { api_key: () => ({}) },
  },
  {
    to: '/$scope/settings/subjects',
    label: 'Subjects',
    group: 'Settings',
    Icon: Contact,
    key: 'j',
    needs: ['read', 'Subject'],
    acrossTenants: false,
    shows: { subject: (id) => ({ q: id }) },
  },
  {
    to: '/$scope/settings/resources',
    label: 'Resources',
    group: 'Settings',
    Icon: Boxes,
    key: 'i',
    needs: ['read', 'Resource'],
    acrossTenants: false,
  },
  {
    to: '/$scope/settings/connections',
    label: 'Connections',
    group: 'Settings',
    Icon: Cable,
    key: 'c',
    needs: ['read', 'Connection'],
    acrossTenants: false,
  },
  {
    to: '/$scope/settings/tenants',
    label: 'Tenants',
    group: 'Settings',
    Icon: Building2,
    key: 'n',
    needs: ['read', 'Tenant'],
    acrossTenants: true,
  },
  {
    to: '/$scope/settings/administrators',
    label: 'Administrators',
    group: 'Settings',
    Icon: ShieldCheck,
    key: 'a',
    needs: ['create', 'Tenant'],
    acrossTenants: true,
  },
  {
    to: '/$scope/settings/preferences',
    label: 'Preferences',
    group: 'Settings',
    Icon: Settings2,
    key: 's',
    needs: null,
    acrossTenants: true,
  },
] as const satisfies readonly Page[];

export type Listed = (typeof PAGES)[number];
export interface Destination extends Page {
  readonly to: Listed['to'];
}
export const DESTINATIONS: readonly Destination[] = PAGES;

/** The page at an address, or the one it is a part of. */
export function destinationAt(pathname: string): Destination | undefined {
  const matched = pathname.replace(/^\/[^/]+/, '/$scope').replace(/\/$/, '');
  return DESTINATIONS.findLast(({ to }) => matched === to || matched.startsWith(`${to}/`));
}

/** The page somebody begins at: an auditor at the log, an approver at what was asked, everybody else at the first. */
export function landingOf(scope: string, roles: readonly string[]) {
  const isOnly = (role: string) => roles.length > 0 && roles.every((each) => each === role);
  const { to, begins } =
    DESTINATIONS.find((each) => each.begins && isOnly(each.begins.role)) ?? DESTINATIONS[0]!;
  return { to, params: { scope }, search: begins?.search ?? {} };
}
