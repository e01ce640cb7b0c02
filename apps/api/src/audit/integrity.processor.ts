import { InjectQueue, OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { Job, Queue } from 'bullmq';
import { logQueueErrors, repeat } from '../infra/queues.js';
import { IntegrityService } from './integrity.service.js';

export const INTEGRITY = 'integrity';
const MINUTE = 60_000;

@Processor(INTEGRITY)
export class IntegrityProcessor extends WorkerHost implements OnApplicationBootstrap {
  private readonly log = new Logger(IntegrityProcessor.name);

  constructor(
    private readonly integrity: IntegrityService,
    @InjectQueue(INTEGRITY) private readonly queue: Queue,
  ) {
    super();
  }

  async onApplicationBootstrap(): Promise<void> {
    logQueueErrors(this.queue);
    await repeat(this.queue, 'since-the-last-proof', MINUTE);
    await repeat(this.queue, 'whole', 24 * 60 * MINUTE);
  }

  process(job: Job): Promise<void> {
    return this.integrity.checkAll(job.name === 'whole');
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
