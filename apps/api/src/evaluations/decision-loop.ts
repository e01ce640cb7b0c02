/**
 * Collects concurrent questions and outcomes into batches: a batch is what arrived while those before it were on their
 * way. No timer, so a lone question goes straight through. What has to be looked up first flies alone; a process that
 * knows it all decides the next batch while PostgreSQL still commits the one before.
 */
import { createHash } from 'node:crypto';
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config } from '../infra/config.js';
import { DomainError } from '../infra/errors.js';
import { databaseOutage } from '../infra/outage.js';
import { isDatabaseAway } from '../infra/to-domain-error.js';
import { AnsweredHeads } from '../ledger/answered-heads.js';
import { Keyring } from '../ledger/keyring.js';
import { LedgerClock } from '../ledger/ledger-clock.js';
import { DatabaseSilent, LedgerConnection } from '../ledger/ledger-connection.js';
import { SubjectKeys } from '../ledger/subject-keys.js';
import { DecisionBatch, NotAsAssumed } from './decision-batch.js';
import type { Settled } from './settle.js';
import { Snapshots } from './snapshots.js';
import type { AnswerTo, Work } from './work.js';

/** Items of one transaction; more wait for the next one. */
const BATCH_MAX = 512;
/** Batches of one shard on their way at once: one that commits and one that waits for it on the same connection. */
const IN_THE_AIR_MAX = 2;
/** Items that are worth a second transaction beside the one on its way; fewer wait for it to land. */
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

@Injectable()
export class DecisionLoop implements OnApplicationShutdown {
  private readonly shards: Shard[];
  private closing = false;

  constructor(
    @Inject(CONFIG) config: Config,
    keyring: Keyring,
    subjectKeys: SubjectKeys,
    answered: AnsweredHeads,
    clock: LedgerClock = new LedgerClock(),
  ) {
    this.shards = Array.from({ length: config.shards }, () => {
      const connection = new LedgerConnection(config.databaseUrl, config.decisionMs);
      const batch = new DecisionBatch(connection, new Snapshots(), keyring, subjectKeys, answered, clock);
      return new Shard(connection, batch);
    });
  }

  /** Answers once the records are durable. Throws DomainError; `unavailable` when it could not be decided. */
  submit<W extends Work>(work: W): Promise<AnswerTo<W>> {
    if (this.closing) return Promise.reject(new DomainError('unavailable', 'this process is shutting down'));
    return this.shard(work.caller.tenantId).submit(work) as Promise<AnswerTo<W>>;
  }

  async onApplicationShutdown(): Promise<void> {
    this.closing = true;
    await Promise.all(this.shards.map((shard) => shard.close()));
  }

  private shard(tenantId: string): Shard {
    if (this.shards.length === 1) return this.shards[0]!;
    const hash = createHash('sha256').update(tenantId).digest().readUInt32BE(0);
    return this.shards[hash % this.shards.length]!;
  }
}

class Shard {
  private readonly log = new Logger('DecisionLoop');
  private readonly waiting: Waiting[] = [];
  private inTheAir = 0;
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
    if (this.inTheAir > 0 || this.waiting.length > 0)
      await new Promise<void>((resolve) => (this.whenIdle = resolve));
    await this.connection.close();
  }

  /** Lets the requests that arrive in this very turn of the event loop share a batch, and answers go out first. */
  private inTurn(): void {
    this.turn ??= setImmediate(() => {
      this.turn = undefined;
      this.depart();
    });
  }

  private depart(): void {
    if (this.waiting.length === 0) {
      if (this.inTheAir === 0) this.whenIdle?.();
      return;
    }
    if (this.inTheAir >= IN_THE_AIR_MAX) return;
    if (this.inTheAir > 0 && this.waiting.length < SECOND_MIN) return;
    const items = this.waiting.splice(0, this.shareable());
    const flight = this.batch.inOneFlight(worksOf(items));
    if (flight !== null) void this.follow(this.land(items, flight), 1);
    else if (this.inTheAir === 0) void this.follow(this.lookUpAndLand(items), IN_THE_AIR_MAX);
    else this.waiting.unshift(...items);
  }

  /** How many of those in front may share a transaction. */
  private shareable(): number {
    const [{ half }] = this.waiting as [Waiting];
    const other = this.waiting.findIndex((item) => item.half !== half);
    return Math.min(BATCH_MAX, other < 0 ? this.waiting.length : other);
  }

  /** `slots`: how much of the air it takes. */
  private async follow(landing: Promise<void>, slots: number): Promise<void> {
    this.inTheAir += slots;
    await landing;
    this.inTheAir -= slots;
    this.inTurn();
  }

  private async land(items: readonly Waiting[], flight: Promise<Settled[]>): Promise<void> {
    try {
      answer(items, await flight);
    } catch (error) {
      if (error instanceof NotAsAssumed) this.waiting.unshift(...items);
      else this.fail(items, error);
    }
  }

  /** The way that has something to learn first; nothing else may be in the air. */
  private async lookUpAndLand(items: readonly Waiting[]): Promise<void> {
    try {
      answer(items, await this.batch.inTwoFlights(worksOf(items)));
    } catch (error) {
      this.fail(items, error);
    }
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
