import { Args, Int, Query, Resolver } from '@nestjs/graphql';
import { InTenant } from '../auth/current.js';
import { Permission } from '../auth/permission.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { ToolStats, ToolStatsConnection } from './tool-stats.model.js';
import { ToolsService } from './tools.service.js';

@Resolver(() => ToolStats)
export class ToolsResolver {
  constructor(private readonly service: ToolsService) {}

  @Query(() => ToolStatsConnection, {
    description:
      'Tools that were asked for since then, most called first; known: only the policy’s, or only others.',
  })
  @Permission('read', 'Evaluation')
  toolStats(
    @InTenant() tenant: TenantScope,
    @Args('from') from: Date,
    @Args('known', { type: () => Boolean, nullable: true }) known: boolean | null,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50 }) first: number | null,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
  ) {
    return this.service.stats(tenant, from, known ?? null, first ?? 50, after ?? null);
  }
}
