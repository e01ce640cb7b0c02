/** Where questions and outcomes arrive: each goes to the shard of its tenant, so that a tenant's are in one order. */
import { createHash } from 'node:crypto';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config } from '../infra/config.js';
import { DomainError } from '../infra/errors.js';
import { AnsweredHeads } from '../ledger/answered-heads.js';
import { Keyring } from '../ledger/keyring.js';
import { LedgerClock } from '../ledger/ledger-clock.js';
import { LedgerConnection } from '../ledger/ledger-connection.js';
import { SubjectKeys } from '../ledger/subject-keys.js';
import { DecisionBatch } from './decision-batch.js';
import { HeadLocks } from './head-locks.js';
import { Shard } from './shard.js';
import { Snapshots } from './snapshots.js';
import type { AnswerTo, Work } from './work.js';

/** Of the time that a decision has: what it may wait for a lock. */
const LOCK_WAIT = 0.8;

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
      const [connection, beside] = [connect(config), connect(config)];
      const batch = new DecisionBatch(connection, new Snapshots(), keyring, subjectKeys, answered, clock);
      return new Shard(connection, batch, new HeadLocks(beside), LOCK_WAIT * config.decisionMs);
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

const connect = ({ databaseUrl, decisionMs }: Config) => new LedgerConnection(databaseUrl, decisionMs);
