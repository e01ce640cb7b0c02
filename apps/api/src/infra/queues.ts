/** BullMQ: on the PostgreSQL that is there anyway, or on Redis where REDIS_URL names one. */
import { BullModule, OnWorkerEvent, WorkerHost } from '@nestjs/bullmq';
import { Logger, type DynamicModule, type OnApplicationBootstrap } from '@nestjs/common';
import { createPostgresBackend, type Job, type Queue, setDefaultBackendFactory } from 'bullmq';
import { poolConfig } from '@reeve/db';
import type { Config } from './config.js';

/** Each queue and each worker has a pool of its own. */
const CONNECTIONS = 2;

export function queuesRoot(config: Config): DynamicModule {
  if (config.redisUrl !== undefined)
    return BullModule.forRoot({ connection: { url: config.redisUrl, maxRetriesPerRequest: null } });
  // Before Nest makes the first queue. Its types know Redis only.
  setDefaultBackendFactory(createPostgresBackend);
  const connection = poolConfig({
    connectionString: config.databaseUrl,
    max: CONNECTIONS,
    applicationName: 'reeve-queues',
    silenceMs: config.statementMs,
  });
  return BullModule.forRoot({ connection });
}

/**
 * A processor whose jobs come again and again, however many processes ask for them; nothing of one is kept once it is
 * done. What goes wrong is logged: a queue reports a lost connection as an event, and an event nobody hears ends the
 * process.
 */
export abstract class RepeatingProcessor extends WorkerHost implements OnApplicationBootstrap {
  private readonly log = new Logger(this.constructor.name);

  /** `everyMs`: each job by its name, and how often it runs. */
  constructor(
    private readonly queue: Queue,
    private readonly everyMs: Readonly<Record<string, number>>,
  ) {
    super();
  }

  async onApplicationBootstrap(): Promise<void> {
    this.queue.on('error', (error) => this.onError(error));
    for (const [name, every] of Object.entries(this.everyMs))
      await this.queue.upsertJobScheduler(
        name,
        { every },
        { name, opts: { removeOnComplete: true, removeOnFail: 50 } },
      );
  }

  @OnWorkerEvent('error')
  onError(error: Error): void {
    this.log.warn(error.message);
  }

  @OnWorkerEvent('failed')
  onFailed(_job: Job | undefined, error: Error): void {
    this.log.error(error.message);
  }
}
