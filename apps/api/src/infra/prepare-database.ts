/** The database at this program's schema: ours and the queues'. Any number of processes may start at once. */
import { migrate } from '@reeve/db';
import { runMigrations } from 'bullmq';
import pg from 'pg';
import type { Config } from './config.js';

export async function prepareDatabase(config: Config): Promise<void> {
  await migrate(config.databaseUrl);
  if (config.redisUrl !== undefined) return;
  const client = new pg.Client({ connectionString: config.databaseUrl, application_name: 'reeve-migrate' });
  await client.connect();
  try {
    await runMigrations(client);
  } finally {
    await client.end();
  }
}
