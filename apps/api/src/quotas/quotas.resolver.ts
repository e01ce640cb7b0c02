import { Args, Int, Query, Resolver } from '@nestjs/graphql';
import { InTenant } from '../auth/current.js';
import { Permission } from '../auth/permission.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { PAGE_MAX } from '../infra/page.js';
import { QuotaUse } from './quota-use.model.js';
import { QuotasService } from './quotas.service.js';

@Resolver(() => QuotaUse)
export class QuotasResolver {
  constructor(private readonly service: QuotasService) {}

  @Query(() => [QuotaUse], { description: 'Nearest to its limit first.' })
  @Permission('read', 'Quota')
  quotaUse(
    @InTenant() tenant: TenantScope,
    @Args('first', { type: () => Int, nullable: true, defaultValue: PAGE_MAX }) first: number | null,
  ) {
    return this.service.use(tenant, first ?? PAGE_MAX);
  }
}
