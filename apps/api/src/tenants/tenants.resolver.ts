import { Args, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { AdminActor } from '../auth/admin-actor.js';
import { CurrentActor, InTenant } from '../auth/current.js';
import { Permission, SignedIn } from '../auth/permission.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { Tenant } from './tenant.model.js';
import { TenantsService } from './tenants.service.js';

@Resolver(() => Tenant)
export class TenantsResolver {
  constructor(private readonly service: TenantsService) {}

  @Query(() => [Tenant], { description: 'The tenants the actor may see.' })
  @SignedIn()
  tenants(@CurrentActor() actor: AdminActor) {
    return this.service.list(actor);
  }

  @Query(() => Tenant)
  @Permission('read', 'Tenant')
  tenant(@InTenant() tenant: TenantScope) {
    return this.service.get(tenant.id);
  }

  @Mutation(() => Tenant)
  @Permission('create', 'Tenant')
  createTenant(
    @Args('slug') slug: string,
    @Args('name') name: string,
    @Args('environment', { defaultValue: 'production' }) environment: string,
    @Args('reason') reason: string,
    @CurrentActor() actor: AdminActor,
  ) {
    return this.service.create(actor, { slug, name, environment }, reason);
  }

  @Mutation(() => Tenant)
  @Permission('update', 'Tenant')
  updateTenant(
    @InTenant() tenant: TenantScope,
    @Args('name', { type: () => String, nullable: true }) name: string | null,
    @Args('environment', { type: () => String, nullable: true }) environment: string | null,
    @Args('twoPersonLift', { type: () => Boolean, nullable: true }) twoPersonLift: boolean | null,
    @Args('telemetryDays', { type: () => Int, nullable: true }) telemetryDays: number | null,
    @Args('expectedVersion', { type: () => Int }) expectedVersion: number,
    @Args('reason') reason: string,
    @CurrentActor() actor: AdminActor,
  ) {
    const settings = { name, environment, twoPersonLift, telemetryDays };
    return this.service.update(actor, tenant, settings, expectedVersion, reason);
  }
}
