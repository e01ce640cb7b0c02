/**
 * Could a record be written now? A write like one: by the same role, durable, on a table that has to grow for it. So a
 * standby, a full disk, a database that hangs, or one that was written with other keys, say no. It takes no lock that a
 * decision takes; questions that come while one is asked share its answer.
 */
import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config } from '../infra/config.js';
import { fingerprintsOf, readKeys } from './key-files.js';
import { LedgerConnection } from './ledger-connection.js';
import type { Statement } from './pipeline.js';

/** Sooner than who asks stops to listen. */
const DEADLINE_MS = 2_000;

const FINGERPRINTS: Statement = { name: 'keys', text: 'SELECT name, fingerprint FROM key_fingerprint' };
/** Emptied at each commit, so that the next row needs a new page: that is what a full disk has not. */
const GROWING: Statement[] = [
  {
    name: 'growing_table',
    text: 'CREATE TEMPORARY TABLE IF NOT EXISTS growing (page text) ON COMMIT DELETE ROWS',
    unread: true,
  },
  { name: 'grow', text: `INSERT INTO pg_temp.growing VALUES (repeat('x', 1000))`, unread: true },
];

@Injectable()
export class RecordProbe implements OnApplicationShutdown {
  private readonly connection: LedgerConnection;
  private readonly fingerprints: ReadonlyMap<string, string>;
  private readonly heartbeat: Statement = {
    name: 'heartbeat',
    text: `INSERT INTO heartbeat (process_id) VALUES ($1)
      ON CONFLICT (process_id) DO UPDATE SET at = EXCLUDED.at`,
    values: [randomUUID()],
    unread: true,
  };
  private asking: Promise<void> | undefined;

  constructor(@Inject(CONFIG) config: Config) {
    this.connection = new LedgerConnection(config.databaseUrl, Math.min(DEADLINE_MS, config.decisionMs));
    this.fingerprints = fingerprintsOf(readKeys(config));
  }

  /** Resolves when it could; throws what is in the way. */
  write(): Promise<void> {
    return (this.asking ??= this.ask().finally(() => (this.asking = undefined)));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.connection.close();
  }

  private async ask(): Promise<void> {
    const [keys] = await this.connection.within(() =>
      this.connection.pipeline([FINGERPRINTS, this.heartbeat, ...GROWING]),
    );
    for (const { name, fingerprint } of keys!.rows as { name: string; fingerprint: string }[])
      if (fingerprint !== (this.fingerprints.get(name) ?? fingerprint))
        throw new Error(`the database was written with another key ${name} than this process holds`);
  }
}
