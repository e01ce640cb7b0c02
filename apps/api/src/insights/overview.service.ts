/** Is it safe now, and what changed? For one tenant or all of an actor's; what was asked is EvaluationPanels'. */
import { Injectable } from '@nestjs/common';
import type { AdminActor } from '../auth/admin-actor.js';
import { ActorNames } from '../auth/actor-names.service.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { DomainError } from '../infra/errors.js';
import type { KillSwitch } from '../kill-switch/kill-switch.model.js';
import { KillSwitchesService } from '../kill-switch/kill-switches.service.js';
import { bucketSecondsFor } from './buckets.js';
import type { Activity, AuditChange, OutcomeCounts, Overview } from './overview.model.js';
import { ActivityReadModel } from './panels/activity.read-model.js';
import { ChangesReadModel } from './panels/changes.read-model.js';
import { OutcomesReadModel } from './panels/outcomes.read-model.js';
import { changedIn, slugsOf, type PanelScope } from './panels/panel.js';

const SPAN_MAX_MS = 400 * 24 * 3600_000;
const STOPS = 100;

@Injectable()
export class OverviewService {
  constructor(
    private readonly activityOf: ActivityReadModel,
    private readonly changesOf: ChangesReadModel,
    private readonly outcomesOf: OutcomesReadModel,
    private readonly switches: KillSwitchesService,
    private readonly names: ActorNames,
  ) {}

  activity(tenants: readonly TenantScope[]): Promise<Activity> {
    return this.activityOf.read(tenants.map(({ id }) => id));
  }

  /** What its panels are counted of. */
  of(actor: AdminActor, tenants: readonly TenantScope[], from: Date, to: Date): Overview {
    const span = to.getTime() - from.getTime();
    if (span <= 0) throw new DomainError('invalid', 'the time ends before it begins', { path: 'to' });
    if (span > SPAN_MAX_MS) throw new DomainError('invalid', 'at most 400 days', { path: 'from' });
    return { actor, tenants, from, to, bucketSeconds: bucketSecondsFor(from, to) };
  }

  async changes(of: PanelScope): Promise<AuditChange[]> {
    const rows = await this.changesOf.read(of);
    const slugOf = slugsOf(of);
    const nameOf = await this.names.of(
      changedIn(of),
      rows.map(({ actorId }) => actorId),
    );
    return rows.map((row) => ({ ...row, tenant: slugOf(row.tenantId), actor: nameOf(row.actorId) }));
  }

  inForce({ tenants }: Overview): Promise<KillSwitch[]> {
    return this.switches.list(tenants, true, STOPS);
  }

  outcomes(of: PanelScope): Promise<OutcomeCounts> {
    return this.outcomesOf.read(of);
  }
}
