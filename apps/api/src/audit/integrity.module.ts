import { BullModule } from '@nestjs/bullmq';
import { Module } from '@nestjs/common';
import { INTEGRITY, IntegrityProcessor } from './integrity.processor.js';
import { IntegrityRepository } from './integrity.repository.js';
import { IntegrityService } from './integrity.service.js';

/** The ledger checked against itself, in the background. */
@Module({
  imports: [BullModule.registerQueue({ name: INTEGRITY })],
  providers: [IntegrityProcessor, IntegrityRepository, IntegrityService],
})
export class IntegrityModule {}
