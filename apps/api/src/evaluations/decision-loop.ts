/**
 * Collects concurrent questions and outcomes into batches: a batch is what arrived while the one before it was
 * committing. One in flight per shard, no timer, so a lone question goes straight through.
 */
import { createHash } from 'node:crypto';
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config } from '../infra/config.js';
import { DomainError } from '../infra/errors.js';
import { Keyring } from '../ledger/keyring.js';
import { LedgerConnection } from '../ledger/ledger-connection.js';
import { SubjectKeys } from '../ledger/subject-keys.js';
import { DecisionBatch, type Settled } from './decision-batch.js';
import { Snapshots } from './snapshots.js';
import type { AnswerTo, Work } from './work.js';

/** Items of one transaction; more wait for the next one. */
const BATCH_MAX = 512;
/** Beyond this the answer is 503 at once, which a PEP treats as deny. */
const WAITING_MAX = 8_192;

interface Waiting {
  readonly work: Work;
  settle(settled: Settled): void;
  fail(error: unknown): void;
}

@Injectable()
export class DecisionLoop implements OnApplicationShutdown {
  private readonly shards: Shard[];
  private closing = false;

  constructor(@Inject(CONFIG) config: Config, keyring: Keyring, subjectKeys: SubjectKeys) {
    this.shards = Array.from({ length: config.shards }, () => {
      const connection = new LedgerConnection(config.databaseUrl);
      return new Shard(connection, new DecisionBatch(connection, new Snapshots(), keyring, subjectKeys));
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
  private waiting: Waiting[] = [];
  private draining: Promise<void> | undefined;

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
      this.draining ??= this.drain();
    });
  }

  async close(): Promise<void> {
    await this.draining;
    await this.connection.close();
  }

  private async drain(): Promise<void> {
    // Lets the requests that arrived in this very turn of the event loop share the first batch.
    await new Promise(setImmediate);
    while (this.waiting.length > 0) await this.run(this.waiting.splice(0, BATCH_MAX));
    this.draining = undefined;
  }

  private async run(items: readonly Waiting[]): Promise<void> {
    try {
      const settled = await this.batch.run(items.map((item) => item.work));
      // After the next batch's first flight is on its way, so that PostgreSQL works while the answers are written.
      setImmediate(() => items.forEach((item, i) => item.settle(settled[i]!)));
    } catch (error) {
      if (items.length > 1 && isAboutOneItem(error)) {
        // One item the database refuses must not take its neighbours down: nothing was committed, so each is tried alone.
        for (const item of items) await this.run([item]);
        return;
      }
      this.log.error(
        `a batch of ${items.length} was not decided`,
        error instanceof Error ? error.stack : String(error),
      );
      const refusal = new DomainError(
        'unavailable',
        'the decision could not be recorded, so it was not made',
        { cause: error },
      );
      for (const item of items) item.fail(refusal);
    }
  }
}

/** SQLSTATE class 22 (data) and 23 (integrity), or our own fault: not the connection, not the server. */
function isAboutOneItem(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string'
    ? /^2[23]/.test(code)
    : error instanceof TypeError || error instanceof RangeError;
}
