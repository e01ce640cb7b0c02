import { InjectQueue, Processor } from '@nestjs/bullmq';
import type { Queue } from 'bullmq';
import { RepeatingProcessor } from '../infra/queues.js';
import { IntegrityService } from './integrity.service.js';

export const INTEGRITY = 'integrity';
const MINUTE = 60_000;

@Processor(INTEGRITY)
export class IntegrityProcessor extends RepeatingProcessor {
  constructor(
    private readonly integrity: IntegrityService,
    @InjectQueue(INTEGRITY) queue: Queue,
  ) {
    super(queue, { 'check-ledgers': MINUTE });
  }

  override async onApplicationBootstrap(): Promise<void> {
    await this.integrity.startOver();
    await super.onApplicationBootstrap();
  }

  process(): Promise<void> {
    return this.integrity.tick();
  }
}
