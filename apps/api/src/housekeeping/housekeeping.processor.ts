import { InjectQueue, Processor } from '@nestjs/bullmq';
import type { Queue } from 'bullmq';
import { RepeatingProcessor } from '../infra/queues.js';
import { HousekeepingService } from './housekeeping.service.js';

export const HOUSEKEEPING = 'housekeeping';

@Processor(HOUSEKEEPING)
export class HousekeepingProcessor extends RepeatingProcessor {
  constructor(
    private readonly housekeeping: HousekeepingService,
    @InjectQueue(HOUSEKEEPING) queue: Queue,
  ) {
    super(queue, { tidy: 10 * 60_000 });
  }

  process(): Promise<void> {
    return this.housekeeping.tidy();
  }
}
