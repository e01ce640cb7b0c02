/**
 * The one place that says which tenants an actor may name. One they may not see does not exist for them: names do not
 * leak. The platform's order is named by its slug, by who runs the deployment; what may be done there is its ability's.
 */
import { Injectable } from '@nestjs/common';
import type { Tenant } from '@reeve/db';
import { PLATFORM_TENANT_ID } from '../infra/config.js';
import { DomainError } from '../infra/errors.js';
import type { AdminActor } from './admin-actor.js';
import { abilityIn, ALL_TENANTS, type TenantScope } from './tenant-scope.js';
import { VisibleTenantsRepository } from './visible-tenants.repository.js';

@Injectable()
export class TenantScopes {
  constructor(private readonly tenants: VisibleTenantsRepository) {}

  /** One tenant by its slug, or all of them. Throws `not_found` alike for what is not there and what is not theirs. */
  async visible(actor: AdminActor, slug: string): Promise<readonly TenantScope[]> {
    if (slug === ALL_TENANTS) return (await this.list(actor)).map((tenant) => scope(actor, tenant));
    const tenant = await this.tenants.bySlug(slug);
    if (tenant === null || !belongs(actor, tenant)) throw noSuchTenant();
    return [scope(actor, tenant)];
  }

  list(actor: AdminActor): Promise<Tenant[]> {
    return this.tenants.list(actor.platformAdmin ? 'all' : [...actor.roles.keys()]);
  }
}

const belongs = (actor: AdminActor, tenant: Tenant): boolean =>
  actor.platformAdmin || (tenant.id !== PLATFORM_TENANT_ID && actor.roles.has(tenant.id));

const scope = (actor: AdminActor, { id, slug, name }: Tenant): TenantScope => ({
  id,
  slug,
  name,
  ability: abilityIn(actor, id),
});

export const noSuchTenant = () => new DomainError('not_found', 'There is no such tenant.');
