import { Args, Query, Resolver } from '@nestjs/graphql';
import { InTenant } from '../auth/current.js';
import { Permission } from '../auth/permission.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { ToolStats } from './tool-stats.model.js';
import { ToolsService } from './tools.service.js';

@Resolver(() => ToolStats)
export class ToolsResolver {
  constructor(private readonly service: ToolsService) {}

  @Query(() => [ToolStats], {
    description: 'Tools that were asked for since then, unknown ones too; most called first.',
  })
  @Permission('read', 'Evaluation')
  toolStats(@InTenant() tenant: TenantScope, @Args('from') from: Date) {
    return this.service.stats(tenant, from);
  }
}
