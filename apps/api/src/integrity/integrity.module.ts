import { BullModule } from '@nestjs/bullmq';
import { Module } from '@nestjs/common';
import { INTEGRITY, IntegrityProcessor } from './integrity.processor.js';
import { IntegrityRepository } from './integrity.repository.js';
import { IntegrityResolver } from './integrity.resolver.js';
import { IntegrityService } from './integrity.service.js';
import { LedgerStanding } from './ledger-standing.service.js';
import { WholeController } from './whole.controller.js';
import { Witness } from './witness.service.js';

/** In every process: what it answered stays in the database. */
@Module({ providers: [IntegrityRepository, Witness], exports: [IntegrityRepository] })
export class WitnessModule {}

/** The part of it that people and auditors see. */
@Module({
  imports: [WitnessModule],
  controllers: [WholeController],
  providers: [IntegrityResolver, LedgerStanding],
})
export class LedgerStandingModule {}

/** The ledger checked against itself, in the background. */
@Module({
  imports: [BullModule.registerQueue({ name: INTEGRITY }), WitnessModule],
  providers: [IntegrityProcessor, IntegrityService],
})
export class IntegrityModule {}
