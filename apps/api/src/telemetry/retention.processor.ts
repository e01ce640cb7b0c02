import { InjectQueue, Processor } from '@nestjs/bullmq';
import type { Queue } from 'bullmq';
import { RepeatingProcessor } from '../infra/queues.js';
import { Retention } from './retention.service.js';

export const RETENTION = 'telemetry-retention';

@Processor(RETENTION)
export class RetentionProcessor extends RepeatingProcessor {
  constructor(
    private readonly retention: Retention,
    @InjectQueue(RETENTION) queue: Queue,
  ) {
    super(queue, { forget: 30 * 60_000 });
  }

  process(): Promise<void> {
    return this.retention.forget();
  }
}
