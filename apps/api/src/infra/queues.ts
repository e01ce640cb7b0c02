/** BullMQ: on the PostgreSQL that is there anyway, or on Redis where REDIS_URL names one. */
import { BullModule } from '@nestjs/bullmq';
import { Logger, type DynamicModule } from '@nestjs/common';
import { createPostgresBackend, type Queue, setDefaultBackendFactory } from 'bullmq';
import type { Config } from './config.js';

/** Each queue and each worker has a pool of its own. */
const CONNECTIONS = 2;

export function queuesRoot(config: Config): DynamicModule {
  if (config.redisUrl !== undefined)
    return BullModule.forRoot({ connection: { url: config.redisUrl, maxRetriesPerRequest: null } });
  // Before Nest makes the first queue. Its types know Redis only.
  setDefaultBackendFactory(createPostgresBackend);
  const connection = {
    connectionString: config.databaseUrl,
    max: CONNECTIONS,
    application_name: 'reeve-queues',
  };
  return BullModule.forRoot({ connection });
}

/** One job, again and again, however many processes ask for it. Nothing of it is kept once it is done. */
export async function repeat(queue: Queue, name: string, everyMs: number): Promise<void> {
  await queue.upsertJobScheduler(
    name,
    { every: everyMs },
    { name, opts: { removeOnComplete: true, removeOnFail: 50 } },
  );
}

/** Queues report a lost connection as an event, and an event nobody hears ends the process. */
export const logQueueErrors = (queue: Pick<Queue, 'on'> & { readonly name: string }): void => {
  const log = new Logger(`Queue ${queue.name}`);
  queue.on('error', (error: Error) => log.warn(error.message));
};
