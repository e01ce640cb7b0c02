/**
 * Each process holds a lock, shared with the others, for as long as it runs: whoever replaces a key takes it alone, so
 * nobody seals with the old one meanwhile (rotate-vault-key.ts). A connection that was lost is made again.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import pg from 'pg';
import { CONFIG, type Config } from '../infra/config.js';
import { fingerprintsOf, readKeys } from './key-files.js';

/** The advisory lock's number. */
export const KEYS_IN_USE = 72_707_373;
const AGAIN_MS = 1_000;
const GOODBYE_MS = 1_000;

@Injectable()
export class KeysInUse implements OnModuleInit, OnApplicationShutdown {
  private client: pg.Client | undefined;
  private again: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** Throws when the database was written with another vault key by the time the lock is held. */
  async onModuleInit(): Promise<void> {
    const client = await this.hold();
    const { rows } = await client.query<{ fingerprint: string }>(
      `SELECT fingerprint FROM key_fingerprint WHERE name = 'vault'`,
    );
    const held = fingerprintsOf(readKeys(this.config)).get('vault');
    if (rows.some(({ fingerprint }) => fingerprint !== held))
      throw new Error('Reeve cannot start: the vault key was rotated while this process started.');
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.again);
    // A database that hangs must not keep a process from its end.
    const late = sleep(GOODBYE_MS, undefined, { ref: false });
    await Promise.race([this.client?.end().catch(() => undefined), late]);
  }

  private async hold(): Promise<pg.Client> {
    const { databaseUrl: connectionString, statementMs: connectionTimeoutMillis } = this.config;
    const client = new pg.Client({
      connectionString,
      application_name: 'reeve-keys-in-use',
      keepAlive: true,
      connectionTimeoutMillis,
    });
    client.on('error', () => undefined);
    await client.connect();
    await client.query('SELECT pg_advisory_lock_shared($1)', [KEYS_IN_USE]);
    client.on('end', () => this.holdAgain());
    this.client = client;
    return client;
  }

  /** Until it is held. Another key by then is what /readyz says no to. */
  private holdAgain(): void {
    if (this.stopped) return;
    this.again = setTimeout(() => void this.hold().catch(() => this.holdAgain()), AGAIN_MS).unref();
  }
}
