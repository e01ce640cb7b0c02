import { Args, Query, Resolver } from '@nestjs/graphql';
import { InTenants } from '../../auth/current.js';
import { Permission } from '../../auth/permission.js';
import type { TenantScope } from '../../auth/tenant-scope.js';
import { SeriesDimensionEnum, SeriesFilter, type SeriesDimension } from './series-filter.js';
import { TelemetryInsights } from './telemetry-insights.service.js';
import {
  FoldedDimension,
  Latency,
  LatencyOfEnum,
  ReceiverState,
  SpendBucket,
  SpendRow,
  UserSpend,
  type LatencyOf,
} from './telemetry.model.js';

@Resolver()
export class TelemetryInsightsResolver {
  constructor(private readonly service: TelemetryInsights) {}

  @Query(() => [Latency], { description: 'By graph node, model or tool, the most frequent first.' })
  @Permission('read', 'Overview', { acrossTenants: true })
  latency(
    @InTenants() tenants: readonly TenantScope[],
    @Args('of', { type: () => LatencyOfEnum }) of: LatencyOf,
    @Args('from') from: Date,
    @Args('to') to: Date,
    @Args('filter', { type: () => SeriesFilter, defaultValue: {} }) filter: SeriesFilter,
  ) {
    return this.service.latency(tenants, of, from, to, filter);
  }

  @Query(() => [SpendRow], { description: 'By up to four dimensions, the dearest first.' })
  @Permission('read', 'Overview', { acrossTenants: true })
  spend(
    @InTenants() tenants: readonly TenantScope[],
    @Args('by', { type: () => [SeriesDimensionEnum] }) by: SeriesDimension[],
    @Args('from') from: Date,
    @Args('to') to: Date,
    @Args('filter', { type: () => SeriesFilter, defaultValue: {} }) filter: SeriesFilter,
  ) {
    return this.service.spend(tenants, by, from, to, filter);
  }

  @Query(() => [UserSpend], {
    description: 'By the hour: the whole hours around the time. The dearest first.',
  })
  @Permission('read', 'Overview', { acrossTenants: true })
  spendByUser(@InTenants() tenants: readonly TenantScope[], @Args('from') from: Date, @Args('to') to: Date) {
    return this.service.spendByUser(tenants, from, to);
  }

  @Query(() => [SpendBucket], { description: 'Tokens by kind and cost over time, oldest first.' })
  @Permission('read', 'Overview', { acrossTenants: true })
  spendOverTime(
    @InTenants() tenants: readonly TenantScope[],
    @Args('from') from: Date,
    @Args('to') to: Date,
    @Args('filter', { type: () => SeriesFilter, defaultValue: {} }) filter: SeriesFilter,
  ) {
    return this.service.spendOverTime(tenants, from, to, filter);
  }

  @Query(() => [ReceiverState])
  @Permission('read', 'Overview', { acrossTenants: true })
  receivers(@InTenants() tenants: readonly TenantScope[]) {
    return this.service.receivers(tenants);
  }

  @Query(() => [FoldedDimension], { description: 'Dimensions that have more values than are told apart.' })
  @Permission('read', 'Overview', { acrossTenants: true })
  foldedDimensions(@InTenants() tenants: readonly TenantScope[]) {
    return this.service.folded(tenants);
  }
}
