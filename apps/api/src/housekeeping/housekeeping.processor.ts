import { InjectQueue, OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { Job, Queue } from 'bullmq';
import { logQueueErrors, repeat } from '../infra/queues.js';
import { HousekeepingService } from './housekeeping.service.js';

export const HOUSEKEEPING = 'housekeeping';
const EVERY_MS = 10 * 60_000;

@Processor(HOUSEKEEPING)
export class HousekeepingProcessor extends WorkerHost implements OnApplicationBootstrap {
  private readonly log = new Logger(HousekeepingProcessor.name);

  constructor(
    private readonly housekeeping: HousekeepingService,
    @InjectQueue(HOUSEKEEPING) private readonly queue: Queue,
  ) {
    super();
  }

  async onApplicationBootstrap(): Promise<void> {
    logQueueErrors(this.queue);
    await repeat(this.queue, 'tidy', EVERY_MS);
  }

  process(): Promise<void> {
    return this.housekeeping.tidy();
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
