import { BullModule } from '@nestjs/bullmq';
import { Module } from '@nestjs/common';
import { HOUSEKEEPING, HousekeepingProcessor } from './housekeeping.processor.js';
import { HousekeepingRepository } from './housekeeping.repository.js';
import { HousekeepingService } from './housekeeping.service.js';

/** Tidying, in the background. */
@Module({
  imports: [BullModule.registerQueue({ name: HOUSEKEEPING })],
  providers: [HousekeepingProcessor, HousekeepingRepository, HousekeepingService],
})
export class HousekeepingModule {}
