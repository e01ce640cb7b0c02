/**
 * Witness of the heads. What this process answered must still be in the database seconds later, and what was noted
 * outside it must be there at the next start; if not, records that somebody relied on are gone, which no check of the
 * tables alone can see. That is an alarm with both numbers and a record of its own; decisions go on.
 */
import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { CONFIG, type Config } from '../infra/config.js';
import { isDatabaseAway } from '../infra/to-domain-error.js';
import { SYSTEM } from '../ledger/actor.js';
import { AnsweredHeads } from '../ledger/answered-heads.js';
import { Changes } from '../ledger/changes.js';
import type { LastRecord } from '../ledger/head.js';
import { HeadsFile } from './heads-file.js';
import { IntegrityRepository } from './integrity.repository.js';

const LOOK_EVERY_MS = 5_000;
const NOTE_EVERY_MS = 60_000;

@Injectable()
export class Witness implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('Ledger');
  private readonly file: HeadsFile;
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly noted = new Map<string, number>();
  private looking: Promise<void> | undefined;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly ledgers: IntegrityRepository,
    private readonly answered: AnsweredHeads,
    private readonly changes: Changes,
  ) {
    this.file = new HeadsFile(config.dataDir);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.quietly(() => this.compareWithFile());
    this.timers.push(
      setInterval(() => void this.quietly(() => this.look()), LOOK_EVERY_MS).unref(),
      setInterval(() => void this.quietly(() => this.note()), NOTE_EVERY_MS).unref(),
    );
  }

  async onApplicationShutdown(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    await this.looking;
    await this.quietly(() => this.note());
  }

  /** Is what was answered still there? What could not be looked for is looked for the next time. */
  look(): Promise<void> {
    this.looking ??= this.lookFor(this.answered.heads()).finally(() => (this.looking = undefined));
    return this.looking;
  }

  private async lookFor(heads: readonly LastRecord[]): Promise<void> {
    const gone = await this.compare(heads, 'was answered by this process');
    this.answered.lookedFor(heads, gone);
  }

  /** Notes where the ledgers stand, in the file and as one line on standard output, when any has moved. */
  async note(): Promise<void> {
    const at = new Date().toISOString();
    const moved = (await this.ledgers.heads()).filter(
      ({ tenantId, seq }) => this.noted.get(tenantId) !== seq,
    );
    if (moved.length === 0) return;
    await this.file.append(moved.map(({ tenantId, seq, hash }) => ({ at, tenant: tenantId, seq, hash })));
    const heads = Object.fromEntries(moved.map(({ tenantId, seq, hash }) => [tenantId, [seq, hash]]));
    process.stdout.write(`${JSON.stringify({ at, event: 'ledger_heads', heads })}\n`);
    for (const { tenantId, seq } of moved) this.noted.set(tenantId, seq);
  }

  private async compareWithFile(): Promise<void> {
    await this.file.putAsideWhenLong();
    const noted = await this.file.last();
    await this.compare(
      noted.map(({ tenant, seq, hash }) => ({ tenantId: tenant, seq, hash })),
      `was noted in ${this.file.path}`,
    );
  }

  /** Answers with those that are gone, each told. */
  private async compare(heads: readonly LastRecord[], how: string): Promise<Set<LastRecord>> {
    const found = await this.ledgers.hashesAt(heads);
    const gone = new Set<LastRecord>();
    for (const [i, expected] of heads.entries()) {
      if (found[i] === expected.hash) continue;
      await this.alarm(expected, found[i] ?? null, how);
      gone.add(expected);
    }
    return gone;
  }

  private async alarm(expected: LastRecord, found: string | null, how: string): Promise<void> {
    const { tenantId, seq, hash } = expected;
    const { head, check } = await this.ledgers.standing(tenantId);
    const end = Number(head?.seq ?? 0);
    const sentence = `Record #${seq} (${hash.slice(0, 12)}…) ${how}; ${
      found === null
        ? `the database ends at #${end} now`
        : `the database has another record there, and ends at #${end}`
    }.`;
    this.log.error(`records of tenant ${tenantId} are lost: ${sentence}`);
    // One alarm stands until somebody takes note of it.
    if (head === null || (check !== null && check.lost !== null)) return;
    if (check === null) await this.ledgers.note(tenantId, {});
    await this.changes.make(
      SYSTEM,
      { tenantId, action: 'ledger.records_lost', reason: sentence },
      async (tx) => {
        await this.ledgers.noteLoss(tx, tenantId, sentence);
        return {
          target: `ledger:${seq}`,
          before: { seq, hash },
          after: { seq: end, hash: found ?? head.hash },
          result: undefined,
        };
      },
    );
  }

  /** The database may be away, which others tell: then there is nothing to compare with, and the next look comes. */
  private async quietly(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (isDatabaseAway(error)) return;
      this.log.warn(`heads could not be compared: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
