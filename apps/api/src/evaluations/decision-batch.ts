/**
 * One batch, one transaction at one place of its tenants' orders. Only when it is durable does anybody get an answer.
 *
 *   in two flights  lock the heads, load the facts  ->  decide  ->  write, commit
 *   in one flight   decide  ->  lock the heads, write, commit
 *
 * The second is for a process that knows it all already: who moved the heads last, and every fact since. Under the lock
 * the database checks that nothing of it has changed; if something has, nothing was written and the first way is taken.
 * So it can even leave on top of a batch that has not landed yet.
 */
import { quotaLogText, type KillSwitch } from '@reeve/policy';
import { PLATFORM_TENANT_ID } from '../infra/config.js';
import type { DomainError } from '../infra/errors.js';
import type { AnsweredHeads } from '../ledger/answered-heads.js';
import { DatabaseClock } from '../ledger/database-clock.js';
import type { Keyring } from '../ledger/keyring.js';
import { implausible, type LedgerClock } from '../ledger/ledger-clock.js';
import { GLOBAL_ORDER, headRow, LOCK_HEADS, VOUCHED, WRITE } from '../ledger/ledger.sql.js';
import type { Statement } from '../ledger/flight.js';
import type { LedgerConnection } from '../ledger/ledger-connection.js';
import { packed } from '../ledger/records.js';
import type { NewSubjectKey, SubjectKeys } from '../ledger/subject-keys.js';
import { CLOCK } from './facts.sql.js';
import { KnownFacts, type FactsRow, type Stand } from './facts.js';
import { Ledger, settleAll, undecided, type Settled } from './settle.js';
import type { GovernedHead, Snapshots } from './snapshots.js';
import type { Work } from './work.js';

type LockedHead = Stand & GovernedHead;

export class DecisionBatch {
  private readonly known: KnownFacts;
  private readonly clock = new DatabaseClock();

  constructor(
    private readonly connection: LedgerConnection,
    private readonly snapshots: Snapshots,
    private readonly keyring: Keyring,
    private readonly subjectKeys: SubjectKeys,
    private readonly answered: AnsweredHeads,
    private readonly ledgerClock: LedgerClock,
  ) {
    this.known = new KnownFacts(subjectKeys);
  }

  /**
   * Decides now and sends one flight. null when something is not known; rejects with `NotAsAssumed` when something
   * was not so any more, and with whatever else went wrong. Either way nothing was written then.
   */
  inOneFlight(work: readonly Work[]): Promise<Settled[]> | null {
    const tenantIds = tenantsOf(work);
    const heads = this.assumed(tenantIds);
    const now = this.clock.now();
    if (heads === null || now === undefined || this.known.unknown(work, this.snapshots) !== null) return null;

    try {
      const ledgers = this.open(heads, now);
      const settled = settleAll(ledgers, work);
      const writing = this.connection.within(() =>
        this.write(ledgers, {
          assumedNow: now,
          among: (write) => [order(tenantIds), write],
          moved: NOBODY,
        }),
      );
      return writing.then(
        () => settled,
        (error: unknown) => {
          this.known.forget(tenantIds);
          throw (error as { code?: unknown }).code === SERIALIZATION_FAILURE ? new NotAsAssumed() : error;
        },
      );
    } catch (error) {
      this.known.forget(tenantIds);
      return Promise.reject(error);
    }
  }

  /** Never while another batch is in the air. */
  async inTwoFlights(work: readonly Work[]): Promise<Settled[]> {
    const tenantIds = tenantsOf(work);
    try {
      return await this.connection.within(() => this.lockAndDecide(tenantIds, work));
    } catch (error) {
      this.known.forget(tenantIds);
      await this.connection.recover();
      throw error;
    }
  }

  private async lockAndDecide(tenantIds: readonly string[], work: readonly Work[]): Promise<Settled[]> {
    const wanted = this.known.unknown(work, this.snapshots);
    const [, , locked, clock, found] = await this.connection.flight([
      BEGIN,
      order(tenantIds),
      { name: 'lock_heads', text: LOCK_HEADS, values: [tenantIds] },
      { name: 'clock', text: CLOCK, values: [PLATFORM_TENANT_ID] },
      ...(wanted === null ? [] : [wanted.statement()]),
    ]);
    const heads = locked!.rows as LockedHead[];
    const { now, platformEpoch } = clock!.rows[0] as ClockRow;
    if (!this.ledgerClock.believes(now)) await this.requireWord(now);
    const moved = new Set(heads.filter((head) => !this.known.confirm(head)).map(({ tenantId }) => tenantId));
    if (wanted !== null) this.known.learn(wanted, found!.rows[0] as FactsRow);

    const platform = { tenantId: PLATFORM_TENANT_ID, epoch: platformEpoch, policyRevision: 0 };
    const refreshed = await this.snapshots.refresh(this.connection, [platform, ...heads.map(governed)]);
    if (refreshed || moved.size > 0) await this.learnUnknown(work);

    const ledgers = this.open(heads, now);
    const settled = settleAll(ledgers, work);
    await this.write(ledgers, { assumedNow: null, among: (write) => [write, COMMIT], moved });
    return settled;
  }

  /** Somebody's word for a clock that is not to be believed. Throws `unavailable` without it. */
  private async requireWord(now: number): Promise<void> {
    const [word] = await this.connection.flight([
      { name: 'vouched', text: VOUCHED, values: [PLATFORM_TENANT_ID] },
    ]);
    const { vouchedAt } = (word!.rows[0] as { vouchedAt: number } | undefined) ?? { vouchedAt: null };
    if (!this.ledgerClock.isVouchedFor(now, vouchedAt)) throw implausible(this.ledgerClock.alarm!);
  }

  /** The heads as this process left them, with snapshots of their very epochs; null where it did not. */
  private assumed(tenantIds: readonly string[]): LockedHead[] | null {
    const heads: LockedHead[] = [];
    for (const tenantId of tenantIds) {
      const left = this.known.left(tenantId);
      const snapshot = this.snapshots.get(tenantId);
      if (left === undefined || snapshot?.epoch !== left.epoch) return null;
      heads.push({ ...left, policyRevision: snapshot.policyRevision });
    }
    return heads;
  }

  /** Once more, for what came to light under the lock: facts that were not current, quotas of a new policy. */
  private async learnUnknown(work: readonly Work[]): Promise<void> {
    const wanted = this.known.unknown(work, this.snapshots);
    if (wanted === null) return;
    const [found] = await this.connection.flight([wanted.statement()]);
    this.known.learn(wanted, found!.rows[0] as FactsRow);
  }

  /** What each tenant decides and writes with, or why it can't: then the others go on without it. */
  private open(heads: readonly LockedHead[], now: number): Map<string, Ledger | DomainError> {
    const everywhere = this.snapshots.get(PLATFORM_TENANT_ID)!.switches;
    return new Map(heads.map((head) => [head.tenantId, this.openOne(head, everywhere, now)]));
  }

  private openOne(head: LockedHead, everywhere: readonly KillSwitch[], now: number): Ledger | DomainError {
    const { tenantId, at } = head;
    const snapshot = this.snapshots.get(tenantId);
    if (!this.ledgerClock.canGoOn(tenantId, at, now))
      return implausible('the last record is ahead of the database’s clock');
    if (snapshot?.epoch !== head.epoch) return undecided(new Error(`tenant ${tenantId} has no snapshot`));
    try {
      const switches = [...everywhere, ...snapshot.switches];
      const time = Math.max(Math.floor(now), Math.round(at));
      const sealer = this.keyring.sealer(tenantId);
      return new Ledger(
        head,
        sealer,
        snapshot,
        switches,
        this.known.tenant(tenantId),
        time,
        this.subjectKeys,
      );
    } catch (error) {
      return undecided(error);
    }
  }

  /** Everything that was decided, from the heads it was decided at. */
  private async write(
    ledgers: ReadonlyMap<string, Ledger | DomainError>,
    { assumedNow, among, moved }: Writing,
  ): Promise<void> {
    const all = [...ledgers.values()].filter((one) => one instanceof Ledger);
    const [records, bytes] = packed(all.flatMap(({ chain }) => chain.records));
    const write: Statement = {
      name: 'write',
      text: WRITE,
      values: [
        records,
        bytes,
        JSON.stringify(all.flatMap((l) => l.newKeys.map(subjectKeyRow))),
        JSON.stringify(all.flatMap(quotaRows)),
        JSON.stringify(all.map(({ chain, from }) => headRow(chain.head, 0, from))),
        PLATFORM_TENANT_ID,
        this.snapshots.get(PLATFORM_TENANT_ID)!.epoch,
        assumedNow,
      ],
    };
    const statements = among(write);
    const flight = this.connection.flight(statements);
    for (const { chain, from } of all)
      this.known.leave({ ...chain.head, epoch: from.epoch }, moved.has(from.tenantId));
    const [{ now }] = (await flight)[statements.indexOf(write)]!.rows as [{ now: number }];
    this.clock.see(now);
    for (const { chain, from } of all) this.answered.note(chain.head, from);
  }
}

interface Writing {
  /** The time it was decided at, where that was not read under the lock. */
  readonly assumedNow: number | null;
  /** The flight to write in. */
  readonly among: (write: Statement) => readonly Statement[];
  /** Tenants whose heads others have moved since this process left them. */
  readonly moved: ReadonlySet<string>;
}

/** A head or the clock was not where a batch assumed. */
export class NotAsAssumed extends Error {}

const tenantsOf = (work: readonly Work[]): string[] =>
  [...new Set(work.map((item) => item.caller.tenantId))].sort();

const SERIALIZATION_FAILURE = '40001';
const NOBODY: ReadonlySet<string> = new Set();
const BEGIN: Statement = { name: 'begin', text: 'BEGIN', unread: true };
const COMMIT: Statement = { name: 'commit', text: 'COMMIT', unread: true };

/** Names the tenants for row-level security and takes this batch's place among the changes of the platform. */
const order = (tenantIds: readonly string[]): Statement => ({
  name: 'order',
  text: `SELECT set_config('app.tenant_ids', $1, true), pg_advisory_xact_lock_shared(${GLOBAL_ORDER})::text`,
  values: [[PLATFORM_TENANT_ID, ...tenantIds].join(',')],
  unread: true,
});

interface ClockRow {
  readonly now: number;
  readonly platformEpoch: number;
}

const governed = ({ tenantId, epoch, policyRevision }: GovernedHead): GovernedHead => ({
  tenantId,
  epoch,
  policyRevision,
});

const subjectKeyRow = (row: NewSubjectKey) => ({
  tenant_id: row.tenantId,
  type: row.type,
  id: row.id,
  ref: row.ref,
  wrapped_key: row.wrappedKey.toString('hex'),
});

function quotaRows({ from, facts, now, spent }: Ledger) {
  const updated_at = new Date(now).toISOString();
  return Array.from(spent, ([key, { quota, per, holder }]) => ({
    tenant_id: from.tenantId,
    quota,
    per,
    holder,
    log: quotaLogText(facts.quotaUse.get(key)!),
    updated_at,
  }));
}
