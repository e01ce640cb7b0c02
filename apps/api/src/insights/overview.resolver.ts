import { Args, Query, Resolver } from '@nestjs/graphql';
import type { AdminActor } from '../auth/admin-actor.js';
import { CurrentActor, InTenants } from '../auth/current.js';
import { Permission } from '../auth/permission.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { Activity, Overview } from './overview.model.js';
import { OverviewService } from './overview.service.js';

@Resolver(() => Overview)
export class OverviewResolver {
  constructor(private readonly service: OverviewService) {}

  @Query(() => Activity)
  @Permission('read', 'Overview', { acrossTenants: true })
  activity(@InTenants() tenants: readonly TenantScope[]) {
    return this.service.activity(tenants);
  }

  @Query(() => Overview, { description: 'tenant: a slug, or _all for every tenant the actor may see.' })
  @Permission('read', 'Overview', { acrossTenants: true })
  overview(
    @InTenants() tenants: readonly TenantScope[],
    @Args('from') from: Date,
    @Args('to') to: Date,
    @CurrentActor() actor: AdminActor,
  ) {
    return this.service.get(actor, tenants, from, to);
  }
}
