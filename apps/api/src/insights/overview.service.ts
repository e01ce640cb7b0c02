/** Is it safe now, and what changed? One page's numbers in one answer, for one tenant or all of an actor's. */
import { Injectable } from '@nestjs/common';
import { PLATFORM_SLUG } from '@reeve/policy';
import type { AdminActor } from '../auth/admin-actor.js';
import { ActorNames } from '../auth/actor-names.service.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { PLATFORM_TENANT_ID } from '../infra/config.js';
import { DomainError } from '../infra/errors.js';
import { KillSwitchesService } from '../kill-switch/kill-switches.service.js';
import { bucketSecondsFor, seriesOf, totalsOf } from './buckets.js';
import type { Activity, Overview } from './overview.model.js';
import { OverviewReadModel } from './overview.read-model.js';

const SPAN_MAX_MS = 400 * 24 * 3600_000;
const STOPS = 100;

@Injectable()
export class OverviewService {
  constructor(
    private readonly readModel: OverviewReadModel,
    private readonly switches: KillSwitchesService,
    private readonly names: ActorNames,
  ) {}

  activity(tenants: readonly TenantScope[]): Promise<Activity> {
    return this.readModel.activity(tenants.map(({ id }) => id));
  }

  async get(actor: AdminActor, tenants: readonly TenantScope[], from: Date, to: Date): Promise<Overview> {
    const span = to.getTime() - from.getTime();
    if (span <= 0) throw new DomainError('invalid', 'the time ends before it begins', { path: 'to' });
    if (span > SPAN_MAX_MS) throw new DomainError('invalid', 'at most 400 days', { path: 'from' });
    const bucketSeconds = bucketSecondsFor(from, to);
    const ids = tenants.map(({ id }) => id);
    const platform = actor.platformAdmin ? [PLATFORM_TENANT_ID] : [];
    const [numbers, inForce] = await Promise.all([
      this.readModel.read(tenants, platform, { from, to }, bucketSeconds),
      this.switches.list(tenants, true, STOPS),
    ]);
    const nameOf = await this.names.of(
      [...ids, ...platform],
      numbers.changes.map((change) => change.actorId),
    );
    const slugs = new Map(tenants.map(({ id, slug }) => [id, slug]));
    const slugOf = (id: string) => slugs.get(id) ?? PLATFORM_SLUG;
    return {
      from,
      to,
      bucketSeconds,
      totals: totalsOf(numbers.counts.filter(({ current }) => current)),
      previous: totalsOf(numbers.counts.filter(({ current }) => !current)),
      series: seriesOf(numbers.series, from, to, bucketSeconds),
      denials: numbers.denials.map(({ tenantId, ...cell }) => ({ ...cell, tenant: slugOf(tenantId) })),
      reasons: [...numbers.reasons],
      changes: numbers.changes.map((change) => ({
        ...change,
        tenant: slugOf(change.tenantId),
        actor: nameOf(change.actorId),
      })),
      inForce,
      outcomes: numbers.outcomes,
    };
  }
}
