import { InjectQueue, Processor } from '@nestjs/bullmq';
import type { Queue } from 'bullmq';
import { RepeatingProcessor } from '../infra/queues.js';
import { Pulling } from './pulling.service.js';

export const LANGFUSE = 'langfuse';

@Processor(LANGFUSE)
export class LangfuseProcessor extends RepeatingProcessor {
  constructor(
    private readonly pulling: Pulling,
    @InjectQueue(LANGFUSE) queue: Queue,
  ) {
    super(queue, { pull: 15_000 });
  }

  process(): Promise<void> {
    return this.pulling.round();
  }
}
