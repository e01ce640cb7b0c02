/** BullMQ: on the PostgreSQL that is there anyway, or on Redis where REDIS_URL names one. */
import { setTimeout as sleep } from 'node:timers/promises';
import { BullModule, OnWorkerEvent, WorkerHost } from '@nestjs/bullmq';
import {
  Logger,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { createPostgresBackend, type Job, type Queue, setDefaultBackendFactory } from 'bullmq';
import { poolConfig } from '@reeve/db';
import type { Config } from './config.js';
import { databaseOutage, queueOutage } from './outage.js';
import { traceJob } from './tracing/tracing.js';
import { isDatabaseAway } from './to-domain-error.js';

/** Each queue and each worker has a pool of its own. */
const CONNECTIONS = 2;
/** Until a queue that was away is asked again. */
const AGAIN_MS = 2_000;

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
export abstract class RepeatingProcessor
  extends WorkerHost
  implements OnApplicationBootstrap, OnApplicationShutdown
{
  private readonly log = new Logger(this.constructor.name);
  private readonly stopped = new AbortController();

  /** `everyMs`: each job by its name, and how often it runs. */
  constructor(
    private readonly queue: Queue,
    private readonly everyMs: Readonly<Record<string, number>>,
  ) {
    super();
  }

  /** Does not wait: the queue may be away when the process starts, which is no reason not to. */
  onApplicationBootstrap(): Promise<void> {
    this.queue.on('error', (error) => this.onError(error));
    void this.schedule();
    return Promise.resolve();
  }

  onApplicationShutdown(): void {
    this.stopped.abort();
  }

  @OnWorkerEvent('error')
  onError(error: Error): void {
    queueOutage.failed(error);
  }

  @OnWorkerEvent('active')
  onActive(): void {
    queueOutage.answered();
  }

  @OnWorkerEvent('completed')
  onCompleted({ name, processedOn }: Job): void {
    if (processedOn !== undefined) traceJob(this.queue.name, name, processedOn);
  }

  @OnWorkerEvent('failed')
  onFailed(job: Job | undefined, error: Error): void {
    if (job?.processedOn !== undefined) traceJob(this.queue.name, job.name, job.processedOn, error);
    if (isDatabaseAway(error)) databaseOutage.failed(error);
    else this.log.error(error.message);
  }

  private async schedule(): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      try {
        for (const [name, every] of Object.entries(this.everyMs))
          await this.queue.upsertJobScheduler(
            name,
            { every },
            { name, opts: { removeOnComplete: true, removeOnFail: 50 } },
          );
        return queueOutage.answered();
      } catch (error) {
        queueOutage.failed(error);
        await sleep(AGAIN_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }
}
