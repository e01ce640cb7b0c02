import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { AdminActor } from '../auth/admin-actor.js';
import { CurrentActor, InTenants } from '../auth/current.js';
import { Permission } from '../auth/permission.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { KillSwitch } from '../kill-switch/kill-switch.model.js';
import { EvaluationPanels } from './evaluation-panels.service.js';
import {
  Activity,
  AuditChange,
  DenialCell,
  EffectBucket,
  EffectCounts,
  OutcomeCounts,
  Overview,
  ReasonCount,
} from './overview.model.js';
import { OverviewService } from './overview.service.js';

/** A panel is a field: it is counted when it is asked for. Who may ask is said by the query that leads to it. */
@Resolver(() => Overview)
export class OverviewResolver {
  constructor(
    private readonly service: OverviewService,
    private readonly evaluations: EvaluationPanels,
  ) {}

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
    return this.service.of(actor, tenants, from, to);
  }

  @ResolveField(() => EffectCounts)
  totals(@Parent() of: Overview) {
    return this.evaluations.totals(of);
  }

  @ResolveField(() => EffectCounts, { description: 'The equally long time before.' })
  previous(@Parent() of: Overview) {
    return this.evaluations.previous(of);
  }

  @ResolveField(() => [EffectBucket], {
    description: 'Oldest first; a bucket without evaluations is there, with zeros.',
  })
  series(@Parent() of: Overview) {
    return this.evaluations.series(of);
  }

  @ResolveField(() => [DenialCell], {
    description: 'Every tool that was asked for, per tenant, most denied first.',
  })
  denials(@Parent() of: Overview) {
    return this.evaluations.denials(of);
  }

  @ResolveField(() => [ReasonCount], { description: 'Of whatever was not allowed, most frequent first.' })
  reasons(@Parent() of: Overview) {
    return this.evaluations.reasons(of);
  }

  @ResolveField(() => [AuditChange], { description: 'The newest 30 changes within the time.' })
  changes(@Parent() of: Overview) {
    return this.service.changes(of);
  }

  @ResolveField(() => [KillSwitch])
  inForce(@Parent() of: Overview) {
    return this.service.inForce(of);
  }

  @ResolveField(() => OutcomeCounts)
  outcomes(@Parent() of: Overview) {
    return this.service.outcomes(of);
  }
}
