/**
 * Collects concurrent questions and outcomes into batches: a batch is what arrived while those before it were pending. No
 * timer, so a lone question goes straight through. A process that knows it all decides the next batch while PostgreSQL
 * still commits the one before.
 */
import { Logger } from '@nestjs/common';
import { DomainError } from '../infra/errors.js';
import { databaseOutage } from '../infra/outage.js';
import { isDatabaseAway } from '../infra/to-domain-error.js';
import { DatabaseSilent, type LedgerConnection } from '../ledger/ledger-connection.js';
import { StaleHeadError, type DecisionBatch } from './decision-batch.js';
import type { Settled } from './settled.js';
import type { Work } from './work.js';

/** Items of one transaction; more wait for the next one. */
const BATCH_MAX = 512;
/** Batches pending at once: one that commits and one that waits for it on the same connection. */
const PENDING_MAX = 2;
/** Items that are worth a second transaction beside the pending one; fewer wait until it is finished. */
const SECOND_MIN = 8;
/** Beyond this the answer is 503 at once, which a PEP treats as deny. */
const WAITING_MAX = 8_192;

interface Waiting {
  readonly work: Work;
  /** It was in a batch that failed because of one of its items: it shares one with the same half of it only. */
  readonly half?: symbol;
  settle(settled: Settled): void;
  fail(error: unknown): void;
}

export class Shard {
  private readonly log = new Logger('DecisionLoop');
  private readonly waiting: Waiting[] = [];
  private pending = 0;
  private turn: NodeJS.Immediate | undefined;
  private whenIdle: (() => void) | undefined;

  constructor(
    private readonly connection: LedgerConnection,
    private readonly batch: DecisionBatch,
  ) {}

  submit(work: Work): Promise<unknown> {
    if (this.waiting.length >= WAITING_MAX)
      return Promise.reject(new DomainError('unavailable', 'too many questions are waiting'));
    return new Promise((resolve, reject) => {
      this.waiting.push({
        work,
        settle: (settled) => ('error' in settled ? reject(settled.error) : resolve(settled.answer)),
        fail: reject,
      });
      this.inTurn();
    });
  }

  async close(): Promise<void> {
    if (this.pending > 0 || this.waiting.length > 0)
      await new Promise<void>((resolve) => (this.whenIdle = resolve));
    await this.connection.close();
  }

  /** Lets the requests that arrive in this very turn of the event loop share a batch, and answers go out first. */
  private inTurn(): void {
    this.turn ??= setImmediate(() => {
      this.turn = undefined;
      this.startNext();
    });
  }

  private startNext(): void {
    if (this.waiting.length === 0) {
      if (this.pending === 0) this.whenIdle?.();
      return;
    }
    if (this.pending >= PENDING_MAX) return;
    if (this.pending > 0 && this.waiting.length < SECOND_MIN) return;
    const items = this.waiting.splice(0, this.shareable());
    const ahead = this.batch.decideAhead(worksOf(items));
    if (ahead !== null) void this.finish(items, ahead, 1);
    // What has something to look up first is pending alone.
    else if (this.pending === 0)
      void this.finish(items, this.batch.decideUnderLock(worksOf(items)), PENDING_MAX);
    else this.waiting.unshift(...items);
  }

  /** How many of those in front may share a transaction. */
  private shareable(): number {
    const [{ half }] = this.waiting as [Waiting];
    const other = this.waiting.findIndex((item) => item.half !== half);
    return Math.min(BATCH_MAX, other < 0 ? this.waiting.length : other);
  }

  /** `slots`: how many of the pending ones it counts for. */
  private async finish(
    items: readonly Waiting[],
    settling: Promise<Settled[]>,
    slots: number,
  ): Promise<void> {
    this.pending += slots;
    try {
      answer(items, await settling);
    } catch (error) {
      if (error instanceof StaleHeadError) this.waiting.unshift(...items);
      else this.fail(items, error);
    }
    this.pending -= slots;
    this.inTurn();
  }

  private fail(items: readonly Waiting[], error: unknown): void {
    if (items.length > 1 && isAboutOneItem(error)) {
      // One item the database refuses must not take its neighbours down: nothing was committed, so each half is tried.
      const middle = Math.ceil(items.length / 2);
      const halves = [items.slice(0, middle), items.slice(middle)].map((half) => [half, Symbol()] as const);
      this.waiting.unshift(
        ...halves.flatMap(([half, name]) => half.map((item) => ({ ...item, half: name }))),
      );
      return;
    }
    if (error instanceof DomainError) {
      for (const item of items) item.fail(error);
      return;
    }
    // An outage is told of once, where the answers leave.
    if (!isDatabaseAway(error))
      this.log.error(
        `a batch of ${items.length} was not decided`,
        error instanceof Error ? error.stack : String(error),
      );
    const refusal = new DomainError('unavailable', 'the decision could not be recorded, so it was not made', {
      cause: error,
    });
    // Who waited behind a database that is silent has waited as long.
    const behind = error instanceof DatabaseSilent ? this.waiting.splice(0) : [];
    for (const item of [...items, ...behind]) item.fail(refusal);
  }
}

const worksOf = (items: readonly Waiting[]): Work[] => items.map(({ work }) => work);

function answer(items: readonly Waiting[], settled: readonly Settled[]): void {
  databaseOutage.answered();
  for (const [i, item] of items.entries()) item.settle(settled[i]!);
}
/** SQLSTATE class 22 (data), 23 (integrity) and 54 (limits), or our own fault: not the connection, not the server. */
function isAboutOneItem(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string'
    ? /^(2[23]|54)/.test(code)
    : error instanceof TypeError || error instanceof RangeError;
}
