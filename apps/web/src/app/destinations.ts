/** Destinations of the rail, the palette and `g`: one line a page, listed when it works. */
import type { AdminAction, AdminResource } from '@reeve/policy/roles';
import {
  Wrench,
  Gauge,
  Grid3x3,
  LayoutDashboard,
  ListTree,
  OctagonX,
  ScrollText,
  Settings2,
  ShieldCheck,
  Building2,
  Contact,
  KeyRound,
  Users,
  type LucideIcon,
} from 'lucide-react';

export interface Destination {
  readonly to: string;
  readonly label: string;
  readonly group: 'Operate' | 'Govern' | 'Observe' | 'Assure' | 'Settings';
  readonly Icon: LucideIcon;
  /** `g` and this go there. */
  readonly key: string;
  /** The ability it takes to see it; the guard of the API asks the same. */
  readonly needs: readonly [AdminAction, AdminResource] | null;
  /** True where it can show every tenant at once. */
  readonly acrossTenants: boolean;
}

export const DESTINATIONS: readonly Destination[] = [
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
  },
  {
    to: '/$scope/quotas',
    label: 'Quotas',
    group: 'Govern',
    Icon: Gauge,
    key: 'q',
    needs: ['read', 'Quota'],
    acrossTenants: false,
  },
  {
    to: '/$scope/tools',
    label: 'Tools',
    group: 'Govern',
    Icon: Wrench,
    key: 'w',
    needs: ['read', 'Policy'],
    acrossTenants: false,
  },
  {
    to: '/$scope/evaluations',
    label: 'Evaluations',
    group: 'Observe',
    Icon: ListTree,
    key: 'e',
    needs: ['read', 'Evaluation'],
    acrossTenants: false,
  },
  {
    to: '/$scope/audit',
    label: 'Audit log',
    group: 'Assure',
    Icon: ScrollText,
    key: 't',
    needs: ['read', 'AuditRecord'],
    acrossTenants: false,
  },
  {
    to: '/$scope/settings/members',
    label: 'Members',
    group: 'Settings',
    Icon: Users,
    key: 'm',
    needs: ['read', 'Member'],
    acrossTenants: false,
  },
  {
    to: '/$scope/settings/keys',
    label: 'API keys',
    group: 'Settings',
    Icon: KeyRound,
    key: 'k',
    needs: ['read', 'ApiKey'],
    acrossTenants: false,
  },
  {
    to: '/$scope/settings/subjects',
    label: 'Subjects',
    group: 'Settings',
    Icon: Contact,
    key: 'j',
    needs: ['read', 'Subject'],
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
];
