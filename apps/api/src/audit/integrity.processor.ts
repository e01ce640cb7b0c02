import { InjectQueue, Processor } from '@nestjs/bullmq';
import type { Job, Queue } from 'bullmq';
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
    super(queue, { 'since-the-last-proof': MINUTE, whole: 24 * 60 * MINUTE });
  }

  process({ name }: Job): Promise<void> {
    return this.integrity.checkAll(name === 'whole');
  }
}
