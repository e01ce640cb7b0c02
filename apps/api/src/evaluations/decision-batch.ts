/**
 * One batch, one transaction at one place of its tenants' orders. Only when it is durable does anybody get an answer.
 *
 *   decideUnderLock  lock the heads, look facts up  ->  decide  ->  write, commit
 *   decideAhead      decide  ->  lock the heads, write, commit
 *
 * Deciding ahead is for a process that knows it all already: who moved the heads last, and every fact since. Under the
 * lock the database checks that nothing of it has changed; if something has, nothing was written and the batch is decided
 * under the lock. So one that was decided ahead can be sent on top of one that is not committed yet.
 */
import { kindsOf, PIPELINE, type KillSwitch, type Stage } from '@reeve/policy';
import { PLATFORM_TENANT_ID } from '../infra/config.js';
import type { DomainError } from '../infra/errors.js';
import type { AnsweredHeads } from '../ledger/answered-heads.js';
import { DatabaseClock } from '../ledger/database-clock.js';
import type { Head } from '../ledger/head.js';
import type { Keyring } from '../ledger/keyring.js';
import { implausible, type LedgerClock } from '../ledger/ledger-clock.js';
import type { LedgerConnection } from '../ledger/ledger-connection.js';
import type { Statement } from '../ledger/pipeline.js';
import { traceBatch, traceWrite, type Context } from '../infra/tracing/tracing.js';
import type { SubjectKeys } from '../ledger/subject-keys.js';
import {
  BEGIN,
  COMMIT,
  lockHeads,
  order,
  READ_CLOCK,
  READ_VOUCHED,
  writeOf,
  type ClockRow,
} from './batch-statements.js';
import { LookUp, type FactsRow, type Known } from './look-up.js';
import { undecided, type Settled } from './settled.js';
import type { Snapshots } from './snapshots.js';
import { settleAll, TenantBatch } from './tenant-batch.js';
import { TenantMemories } from './tenant-memory.js';
import type { Work } from './work.js';

type TenantBatches = ReadonlyMap<string, TenantBatch | DomainError>;

export class DecisionBatch {
  private readonly memories = new TenantMemories();
  private readonly clock = new DatabaseClock();
  private readonly known: Known;

  constructor(
    private readonly connection: LedgerConnection,
    private readonly snapshots: Snapshots,
    private readonly keyring: Keyring,
    private readonly subjectKeys: SubjectKeys,
    private readonly answered: AnsweredHeads,
    private readonly ledgerClock: LedgerClock,
    private readonly stages: readonly Stage[] = PIPELINE,
  ) {
    const { memories } = this;
    const kinds = {
      decided: kindsOf(stages),
      accounted: kindsOf(stages.filter((stage) => stage.account !== undefined)),
    };
    this.known = { memories, snapshots, subjectKeys, kinds };
  }

  /**
   * Decides now and sends one pipeline. null when something is not known; rejects with `StaleHeadError` when something
   * was not so any more, and with whatever else went wrong. Either way nothing was written then.
   */
  decideAhead(work: readonly Work[]): Promise<Settled[]> | null {
    const tenantIds = tenantsOf(work);
    const heads = this.headsAsLeft(tenantIds);
    const now = this.clock.now();
    if (heads === null || now === undefined || this.lookUpFor(work) !== null) return null;

    try {
      const tenants = this.open(heads, now);
      const settled = settleAll(tenants, work);
      const written = traceBatch('ahead', work.length, tenantIds.length, (within) =>
        this.connection.within(() => this.write(tenants, now, (write) => [order(tenantIds), write], within)),
      );
      return written.then(
        () => settled,
        (error: unknown) => {
          this.memories.forget(tenantIds);
          throw (error as { code?: unknown }).code === SERIALIZATION_FAILURE ? new StaleHeadError() : error;
        },
      );
    } catch (error) {
      this.memories.forget(tenantIds);
      return Promise.reject(error);
    }
  }

  /** Two to four round trips. Never while another batch is pending. */
  async decideUnderLock(work: readonly Work[]): Promise<Settled[]> {
    const tenantIds = tenantsOf(work);
    try {
      return await traceBatch('under_lock', work.length, tenantIds.length, (within) =>
        this.connection.within(() => this.lockAndDecide(tenantIds, work, within)),
      );
    } catch (error) {
      this.memories.forget(tenantIds);
      await this.connection.recover();
      throw error;
    }
  }

  private async lockAndDecide(
    tenantIds: readonly string[],
    work: readonly Work[],
    within: Context,
  ): Promise<Settled[]> {
    const lookUp = this.lookUpFor(work);
    const [, , locked, clock, facts] = await this.connection.pipeline([
      BEGIN,
      order(tenantIds),
      lockHeads(tenantIds),
      READ_CLOCK,
      ...(lookUp === null ? [] : [lookUp.statement()]),
    ]);
    const heads = locked!.rows as Head[];
    const { now, platformEpoch } = clock!.rows[0] as ClockRow;
    if (!this.ledgerClock.believes(now)) await this.requireWord(now);
    const moved = heads.filter((head) => !this.memories.found(head));
    lookUp?.learn(facts!.rows[0] as FactsRow);

    const platform = { tenantId: PLATFORM_TENANT_ID, epoch: platformEpoch, policyRevision: 0 };
    const refreshed = await this.snapshots.refresh(this.connection, [platform, ...heads]);
    if (refreshed || moved.length > 0 || this.movesByOutcomes(work)) await this.lookUpTheRest(work);

    const tenants = this.open(heads, now);
    const settled = settleAll(tenants, work);
    await this.write(tenants, null, (write) => [write, COMMIT], within);
    return settled;
  }

  /** Once more, for what came to light under the lock: facts that were not current, keys of a new policy or an outcome. */
  private async lookUpTheRest(work: readonly Work[]): Promise<void> {
    const lookUp = this.lookUpFor(work);
    if (lookUp === null) return;
    const [facts] = await this.connection.pipeline([lookUp.statement()]);
    lookUp.learn(facts!.rows[0] as FactsRow);
  }

  /** Somebody's word for a clock that is not to be believed. Throws `unavailable` without it. */
  private async requireWord(now: number): Promise<void> {
    const [word] = await this.connection.pipeline([READ_VOUCHED]);
    const { vouchedAt } = (word!.rows[0] as { vouchedAt: number } | undefined) ?? { vouchedAt: null };
    if (!this.ledgerClock.isVouchedFor(now, vouchedAt)) throw implausible(this.ledgerClock.alarm!);
  }

  private lookUpFor(work: readonly Work[]): LookUp | null {
    return LookUp.for(work, this.known);
  }

  /** State that an outcome moves is known only once its evaluation was looked up. */
  private movesByOutcomes(work: readonly Work[]): boolean {
    return this.known.kinds.accounted.length > 0 && work.some(({ kind }) => kind === 'account');
  }

  /** The heads as this process left them, with snapshots of their very epochs; null where it does not know. */
  private headsAsLeft(tenantIds: readonly string[]): Head[] | null {
    const heads: Head[] = [];
    for (const tenantId of tenantIds) {
      const { head, alone } = this.memories.of(tenantId);
      if (head === null || !alone || this.snapshots.get(tenantId)?.epoch !== head.epoch) return null;
      heads.push(head);
    }
    return heads;
  }

  /** What each tenant decides and writes with, or why it can't: then the others go on without it. */
  private open(heads: readonly Head[], now: number): TenantBatches {
    const everywhere = this.snapshots.get(PLATFORM_TENANT_ID)!.switches;
    return new Map(heads.map((head) => [head.tenantId, this.openOne(head, everywhere, now)]));
  }

  private openOne(head: Head, everywhere: readonly KillSwitch[], now: number): TenantBatch | DomainError {
    const { tenantId, at, epoch } = head;
    const snapshot = this.snapshots.get(tenantId);
    if (!this.ledgerClock.canGoOn(tenantId, at, now))
      return implausible('the last record is ahead of the database’s clock');
    if (snapshot?.epoch !== epoch) return undecided(new Error(`tenant ${tenantId} has no snapshot`));
    try {
      return new TenantBatch({
        from: head,
        sealer: this.keyring.sealer(tenantId),
        snapshot,
        switches: [...everywhere, ...snapshot.switches],
        facts: this.memories.of(tenantId).facts,
        now: Math.max(Math.floor(now), Math.round(at)),
        keys: this.subjectKeys,
        stages: this.stages,
      });
    } catch (error) {
      return undecided(error);
    }
  }

  /** `reliedNow`: the time it was decided at, where that was not read under the lock. `among`: the pipeline to write in. */
  private async write(
    tenants: TenantBatches,
    reliedNow: number | null,
    among: (write: Statement) => readonly Statement[],
    within: Context,
  ): Promise<void> {
    const batches = [...tenants.values()].filter((one) => one instanceof TenantBatch);
    const platformEpoch = this.snapshots.get(PLATFORM_TENANT_ID)!.epoch;
    const write = writeOf(batches, { platformEpoch, now: reliedNow });
    const statements = among(write);
    const answered = traceWrite(within, statements.length, this.connection.pipeline(statements));
    // From here on the next batch may be decided on top of this one.
    for (const { chain } of batches) this.memories.left(chain.head);
    const [{ now }] = (await answered)[statements.indexOf(write)]!.rows as [{ now: number }];
    this.clock.see(now);
    for (const { chain, from } of batches) this.answered.note(chain.head, from);
  }
}

/** A head, the platform's epoch or the clock was not where a batch that was decided ahead relied on it to be. */
export class StaleHeadError extends Error {}

const SERIALIZATION_FAILURE = '40001';

const tenantsOf = (work: readonly Work[]): string[] =>
  [...new Set(work.map((item) => item.caller.tenantId))].sort();
