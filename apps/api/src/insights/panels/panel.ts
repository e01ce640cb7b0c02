/** A panel of the overview: what it is asked, and of whom. */
import { PLATFORM_SLUG } from '@reeve/policy';
import type { AdminActor } from '../../auth/admin-actor.js';
import type { TenantScope } from '../../auth/tenant-scope.js';
import { PLATFORM_TENANT_ID } from '../../infra/config.js';

export interface Span {
  readonly from: Date;
  readonly to: Date;
}

export interface PanelScope extends Span {
  readonly actor: AdminActor;
  readonly tenants: readonly Pick<TenantScope, 'id' | 'slug'>[];
  readonly bucketSeconds: number;
}

export const idsOf = ({ tenants }: Pick<PanelScope, 'tenants'>): string[] => tenants.map(({ id }) => id);

/** Whose changes are told: whoever runs the platform is told of its own, too. */
export const changedIn = (of: PanelScope): string[] => [
  ...idsOf(of),
  ...(of.actor.platformAdmin ? [PLATFORM_TENANT_ID] : []),
];

/** Of the tenants asked about; what is of none of them is the platform's. */
export function slugsOf({ tenants }: Pick<PanelScope, 'tenants'>): (tenantId: string) => string {
  const slugs = new Map(tenants.map(({ id, slug }) => [id, slug]));
  return (tenantId) => slugs.get(tenantId) ?? PLATFORM_SLUG;
}
