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
import { DecisionTally } from './decision-tally.js';
import { HeadLocks } from './head-locks.js';
import { Shard } from './shard.js';
import { Snapshots } from './snapshots.js';
import { TENANT_CLASSES, type Standing, type TenantClass } from './turns.js';
import type { AnswerTo, Work } from './work.js';

/** Of the time that a decision has: what it may wait for a lock. */
const LOCK_WAIT = 0.8;

@Injectable()
export class DecisionLoop implements OnApplicationShutdown {
  /** What the shards have done, together. */
  readonly tally = new DecisionTally();
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
      return new Shard(connection, batch, new HeadLocks(beside), LOCK_WAIT * config.decisionMs, this.tally);
    });
  }

  /** Answers once the records are durable. Throws DomainError; `unavailable` when it could not be decided. */
  submit<W extends Work>(work: W): Promise<AnswerTo<W>> {
    if (this.closing) return Promise.reject(new DomainError('unavailable', 'this process is shutting down'));
    return this.shard(work.caller.tenantId).submit(work) as Promise<AnswerTo<W>>;
  }

  /** Who waits for a turn, by class. */
  waiting(): [TenantClass, Standing][] {
    const shards = this.shards.map((shard) => shard.standing());
    return TENANT_CLASSES.map((name) => [
      name,
      {
        tenants: shards.reduce((sum, standing) => sum + standing[name].tenants, 0),
        items: shards.reduce((sum, standing) => sum + standing[name].items, 0),
      },
    ]);
  }

  /** Questions that wait or are pending. */
  get undecided(): number {
    return this.shards.reduce((sum, shard) => sum + shard.undecided, 0);
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
