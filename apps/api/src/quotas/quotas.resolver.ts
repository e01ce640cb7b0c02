import { Query, Resolver } from '@nestjs/graphql';
import { InTenant } from '../auth/current.js';
import { Permission } from '../auth/permission.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { QuotaUse } from './quota-use.model.js';
import { QuotasService } from './quotas.service.js';

@Resolver(() => QuotaUse)
export class QuotasResolver {
  constructor(private readonly service: QuotasService) {}

  @Query(() => [QuotaUse], { description: 'Nearest to its limit first.' })
  @Permission('read', 'Quota')
  quotaUse(@InTenant() tenant: TenantScope) {
    return this.service.use(tenant);
  }
}
