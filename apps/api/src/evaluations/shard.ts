/**
 * Collects concurrent questions and outcomes into batches: a batch is what arrived while those before it were pending, of
 * each tenant in turn (turns.ts). No timer, so a lone question goes straight through. A process that knows it all decides
 * the next batch while PostgreSQL still commits the one before.
 *
 * What is one tenant's stays that tenant's: how much of it waits, an item that the database refuses, a head that somebody
 * else has locked.
 */
import { Logger } from '@nestjs/common';
import { DomainError } from '../infra/errors.js';
import { databaseOutage } from '../infra/outage.js';
import { exhausted, Shares } from '../infra/shares.js';
import { isDatabaseAway } from '../infra/to-domain-error.js';
import { DatabaseSilent, type LedgerConnection } from '../ledger/ledger-connection.js';
import { StaleHeadError, type DecisionBatch } from './decision-batch.js';
import { DecisionTally, type Decided } from './decision-tally.js';
import { isLockNotAvailable, type HeadLocks } from './head-locks.js';
import { inParts } from './parts.js';
import type { Settled } from './settled.js';
import { Turns, type Sized, type Standing, type TenantClass } from './turns.js';
import type { AnswerTo, Work } from './work.js';

/** In questions. One that is larger than this counts as several. */
const QUESTION_BYTES = 4_096;
/** Who comes next waits for one batch at the most; larger ones are hardly cheaper. */
export const SIZES = { turn: 64, batch: 128 } as const;
/** What may wait or be pending; beyond it the answer is 429 or 503 at once, which a PEP treats as deny. */
export const ROOM = { total: 32_768, share: 8_192 } as const;
/** Batches pending at once: one that commits and one that waits for it on the same connection. */
const PENDING_MAX = 2;
/** Items that are worth a second transaction beside the pending one; fewer wait until it is finished. */
const SECOND_MIN = 8;
/** Between two looks at heads that are locked. */
const LOOK_EVERY_MS = 25;

interface Waiting {
  readonly work: Work;
  readonly since: number;
  /** Where it stood among all that was taken into batches, when it last was. */
  place: number;
  settle(settled: Settled): void;
  fail(error: unknown): void;
}
type Batch = readonly Sized<Waiting>[];

export class Shard {
  private readonly log = new Logger('DecisionLoop');
  private readonly turns = new Turns<Waiting>(SIZES);
  private readonly room = new Shares(ROOM);
  /** Batches that were tried and wrote nothing, in the order they were taken; they go before what has not been tried. */
  private readonly again: Batch[] = [];
  private places = 0;
  /** Since when tenants are aside. */
  private readonly heldSince = new Map<string, number>();
  private pending = 0;
  private pendingSize = 0;
  private turn: NodeJS.Immediate | undefined;
  private look: NodeJS.Timeout | undefined;
  private whenIdle: (() => void) | undefined;

  /** `waitMs`: how long an item may wait for a lock. */
  constructor(
    private readonly connection: LedgerConnection,
    private readonly batch: DecisionBatch,
    private readonly locks: HeadLocks,
    private readonly waitMs: number,
    private readonly tally = new DecisionTally(),
  ) {}

  /** Who waits for a turn, by class. */
  standing(): Record<TenantClass, Standing> {
    return this.turns.standing();
  }

  /** Questions that wait or are pending. */
  get undecided(): number {
    return this.room.taken;
  }

  submit(work: Work): Promise<unknown> {
    const { tenantId } = work.caller;
    const size = sizeOf(work);
    const whose = this.room.take(tenantId, size);
    if (whose !== undefined) {
      this.tally.refusals[whose] += 1;
      return Promise.reject(exhausted(whose, 'questions are waiting'));
    }
    const settled =
      work.kind === 'ask' ? inParts(work, SIZES.turn, (part) => this.wait(part)) : this.wait(work);
    return settled.finally(() => this.room.giveBack(tenantId, size));
  }

  private wait<W extends Work>(work: W): Promise<AnswerTo<W>> {
    return new Promise((resolve, reject) => {
      const item: Waiting = {
        work,
        since: performance.now(),
        place: 0,
        settle: (settled) =>
          'error' in settled ? reject(settled.error) : resolve(settled.answer as AnswerTo<W>),
        fail: reject,
      };
      this.turns.add(work.caller.tenantId, item, sizeOf(work));
      this.inTurn();
    });
  }

  async close(): Promise<void> {
    if (!this.isIdle()) await new Promise<void>((resolve) => (this.whenIdle = resolve));
    await Promise.all([this.connection.close(), this.locks.close()]);
  }

  private isIdle(): boolean {
    const { pending, again, turns } = this;
    return pending === 0 && again.length === 0 && turns.waiting === 0 && turns.held.length === 0;
  }

  /** Lets the requests that arrive in this very turn of the event loop share a batch, and answers go out first. */
  private inTurn(): void {
    this.turn ??= setImmediate(() => {
      this.turn = undefined;
      this.startNext();
    });
  }

  private startNext(): void {
    if (this.isIdle()) return this.whenIdle?.();
    if (this.pending >= PENDING_MAX) return;
    const batch = this.nextAgain() ?? this.nextInTurn();
    if (batch.length === 0) return;
    const works = worksOf(batch);
    const ahead = this.batch.decideAhead(works);
    if (ahead !== null) void this.finish(batch, ahead, 'ahead');
    // What has something to look up first is pending alone.
    else if (this.pending === 0) void this.finish(batch, this.batch.decideUnderLock(works), 'under_lock');
    else this.tryAgain(batch);
  }

  /** Without those who were put aside since it was tried. */
  private nextAgain(): Batch | undefined {
    const batch = this.again.shift();
    if (batch === undefined) return undefined;
    for (const tenantId of this.turns.held)
      this.turns.hold(
        tenantId,
        batch.filter((one) => tenantOf(one) === tenantId),
      );
    const held = new Set(this.turns.held);
    const rest = batch.filter((one) => !held.has(tenantOf(one)));
    return rest.length > 0 ? rest : undefined;
  }

  /** Two batches that are pending are together no larger than one may be. */
  private nextInTurn(): Batch {
    if (this.pending > 0 && this.turns.waiting < SECOND_MIN) return [];
    const batch = this.turns.next(SIZES.batch - this.pendingSize);
    for (const { item } of batch) item.place = this.places += 1;
    return batch;
  }

  /** A tenant's items keep their order: parts of one request rely on it. */
  private tryAgain(...batches: readonly Batch[]): void {
    this.again.push(...batches);
    this.again.sort(([a], [b]) => a!.item.place - b!.item.place);
  }

  private async finish(batch: Batch, settling: Promise<Settled[]>, decided: Decided): Promise<void> {
    const began = performance.now();
    const slots = decided === 'ahead' ? 1 : PENDING_MAX;
    const size = batch.reduce((sum, one) => sum + one.size, 0);
    this.pending += slots;
    this.pendingSize += size;
    try {
      const settled = await settling;
      this.tally.committed(decided, size, (performance.now() - began) / 1000);
      answer(batch, settled, this.tally);
    } catch (error) {
      if (error instanceof StaleHeadError) this.decideAgain(batch);
      else if (isLockNotAvailable(error)) await this.putAside(batch, error);
      else this.fail(batch, error);
    }
    this.pending -= slots;
    this.pendingSize -= size;
    this.inTurn();
  }

  private decideAgain(batch: Batch): void {
    this.tally.staleBatches += 1;
    this.tryAgain(batch);
  }

  /** Somebody else holds a head: who it belongs to waits for it, and the others of the batch go on. */
  private async putAside(batch: Batch, error: unknown): Promise<void> {
    try {
      const locked = await this.locks.among(tenantsOf(batch));
      for (const tenantId of locked) {
        if (!this.heldSince.has(tenantId)) this.heldSince.set(tenantId, performance.now());
        this.turns.hold(
          tenantId,
          batch.filter((one) => tenantOf(one) === tenantId),
        );
      }
      const others = batch.filter((one) => !locked.has(tenantOf(one)));
      const [late, inTime] = parted(others, (one) => this.isLate(one));
      this.refuse(late, error);
      if (inTime.length > 0) this.tryAgain(inTime);
      if (locked.size > 0) this.lookLater();
    } catch (failure) {
      this.fail(batch, failure);
    }
  }

  private lookLater(): void {
    this.look ??= setTimeout(() => void this.lookAtLocked(), LOOK_EVERY_MS);
  }

  private async lookAtLocked(): Promise<void> {
    const held = this.turns.held;
    // Who cannot be asked about stays aside, until it is late.
    const locked = await this.locks.among(held).catch(() => new Set(held));
    for (const tenantId of held) {
      const [late, inTime] = parted(this.turns.takeHeld(tenantId), (one) => this.isLate(one));
      this.turns.hold(tenantId, inTime);
      this.refuse(late, new Error('something else holds the head of this ledger'));
      if (!locked.has(tenantId)) this.letBack(tenantId);
    }
    this.look = undefined;
    if (this.turns.held.length > 0) this.lookLater();
    this.inTurn();
  }

  private letBack(tenantId: string): void {
    this.tally.headWait.observe((performance.now() - this.heldSince.get(tenantId)!) / 1000);
    this.heldSince.delete(tenantId);
    this.turns.letBack(tenantId);
  }

  private isLate({ item: { since } }: Sized<Waiting>): boolean {
    return performance.now() - since > this.waitMs;
  }

  private fail(batch: Batch, error: unknown): void {
    if (batch.length > 1 && isAboutOneItem(error)) {
      // One item the database refuses must not take its neighbours down: nothing was committed, so each half is tried.
      const middle = Math.ceil(batch.length / 2);
      this.tryAgain(batch.slice(0, middle), batch.slice(middle));
      return;
    }
    if (error instanceof DomainError) {
      for (const { item } of batch) item.fail(error);
      return;
    }
    // An outage is told of once, where the answers leave.
    if (!isDatabaseAway(error))
      this.log.error(
        `a batch of ${batch.length} was not decided`,
        error instanceof Error ? error.stack : String(error),
      );
    // Who waited behind a database that is silent has waited as long.
    const behind =
      error instanceof DatabaseSilent ? [...this.again.splice(0).flat(), ...this.turns.takeWaiting()] : [];
    this.refuse([...batch, ...behind], error);
  }

  private refuse(items: Batch, cause: unknown): void {
    if (items.length === 0) return;
    const refusal = new DomainError('unavailable', 'the decision could not be recorded, so it was not made', {
      cause,
    });
    for (const { item } of items) item.fail(refusal);
  }
}

/** In questions. */
function sizeOf(work: Work): number {
  const questions = work.kind === 'ask' ? work.requests.length : work.kind === 'try' ? work.size : 1;
  return Math.max(questions, Math.ceil((work.bytes ?? 0) / QUESTION_BYTES));
}

const tenantOf = ({ item }: Sized<Waiting>): string => item.work.caller.tenantId;
const tenantsOf = (batch: Batch): string[] => [...new Set(batch.map(tenantOf))];
const worksOf = (batch: Batch): Work[] => batch.map(({ item }) => item.work);

/** Those of whom it is true, and the others, each in their order. */
function parted(batch: Batch, isTrue: (one: Sized<Waiting>) => boolean): [Batch, Batch] {
  return [batch.filter(isTrue), batch.filter((one) => !isTrue(one))];
}

function answer(batch: Batch, settled: readonly Settled[], tally: DecisionTally): void {
  databaseOutage.answered();
  for (const [i, { item }] of batch.entries()) {
    tally.settled(settled[i]!);
    item.settle(settled[i]!);
  }
}
/** SQLSTATE class 22 (data), 23 (integrity) and 54 (limits), or our own fault: not the connection, not the server. */
function isAboutOneItem(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string'
    ? /^(2[23]|54)/.test(code)
    : error instanceof TypeError || error instanceof RangeError;
}
