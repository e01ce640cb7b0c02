/**
 * Tells subscribers that a ledger has moved. One look at all watched heads four times a second, and none while nobody
 * watches: the hot path notifies nobody. Who may not look any more is told nothing more.
 */
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { AdminActor } from '../auth/admin-actor.js';
import { Standing } from '../auth/standing.service.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { DomainError } from '../infra/errors.js';
import { toGraphQLError } from '../infra/failure.filter.js';
import type { LedgerAdvance } from './audit-record.model.js';
import { HeadsReadModel, type HeadRow } from './heads.read-model.js';
import { Latest } from './latest.js';

const EVERY_MS = 250;
/** The time for which a subscription may outlive a sign-out or a revocation, at most. */
const STANDING_EVERY_MS = 2_000;
/** The same where nothing moves: nobody is told anything, but a console must not look live for nobody. */
const QUIET_STANDING_EVERY_MS = 10_000;

interface Watcher {
  readonly actor: AdminActor;
  readonly tenant: TenantScope;
  readonly events: Latest<{ ledgerAdvanced: LedgerAdvance }>;
  seen: HeadRow | undefined;
  checkedAt: number;
}

@Injectable()
export class LedgerWatch implements OnApplicationShutdown {
  private readonly log = new Logger(LedgerWatch.name);
  private readonly watchers = new Set<Watcher>();
  private timer: NodeJS.Timeout | undefined;
  private blind = false;

  constructor(
    private readonly heads: HeadsReadModel,
    private readonly standing: Standing,
  ) {}

  subscribe(
    actor: AdminActor,
    tenant: TenantScope,
  ): AsyncIterableIterator<{ ledgerAdvanced: LedgerAdvance }> {
    const watcher: Watcher = {
      actor,
      tenant,
      seen: undefined,
      checkedAt: Date.now(),
      events: new Latest(() => void this.watchers.delete(watcher)),
    };
    this.watchers.add(watcher);
    this.schedule(0);
    return watcher.events;
  }

  onApplicationShutdown(): void {
    clearTimeout(this.timer);
    for (const { events } of this.watchers) events.end();
  }

  private schedule(inMs: number): void {
    this.timer ??= setTimeout(() => void this.look(), inMs);
    this.timer.unref();
  }

  private async look(): Promise<void> {
    try {
      const tenantIds = [...new Set([...this.watchers].map(({ tenant }) => tenant.id))];
      const rows = new Map((await this.heads.of(tenantIds)).map((row) => [row.tenantId, row]));
      await Promise.all([...this.watchers].map((watcher) => this.tell(watcher, rows.get(watcher.tenant.id))));
      if (this.blind) this.log.warn('Subscribers hear again what moves.');
      this.blind = false;
    } catch (error) {
      // The next look finds what moved meanwhile; one line tells of all that fail until then.
      if (!this.blind) this.log.warn(`Subscribers hear of nothing for now: ${String(error)}`);
      this.blind = true;
    }
    this.timer = undefined;
    if (this.watchers.size > 0) this.schedule(EVERY_MS);
  }

  private async tell(watcher: Watcher, head: HeadRow | undefined): Promise<void> {
    const moved = head !== undefined && (watcher.seen?.seq !== head.seq || watcher.seen.epoch !== head.epoch);
    if (Date.now() - watcher.checkedAt > (moved ? STANDING_EVERY_MS : QUIET_STANDING_EVERY_MS)) {
      if (!(await this.standing.still(watcher.actor, watcher.tenant.id, 'read', 'AuditRecord')))
        return watcher.events.fail(
          toGraphQLError(new DomainError('unauthenticated', 'Sign in again.'), undefined),
        );
      watcher.checkedAt = Date.now();
    }
    if (!moved) return;
    const changed = watcher.seen !== undefined && watcher.seen.epoch !== head.epoch;
    watcher.seen = head;
    const { seq, epoch, at } = head;
    const pending = watcher.events.pending?.ledgerAdvanced.changed ?? false;
    watcher.events.put({
      ledgerAdvanced: { tenant: watcher.tenant.slug, seq, epoch, at, changed: changed || pending },
    });
  }
}
