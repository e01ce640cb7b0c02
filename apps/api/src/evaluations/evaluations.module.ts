import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { AuthZenController } from './authzen.controller.js';
import { DecisionLoop } from './decision-loop.js';
import { Evaluations } from './evaluations.service.js';
import { MetadataController } from './metadata.controller.js';

/** The PDP. */
@Module({
  imports: [AuthModule],
  controllers: [MetadataController],
  providers: [AuthZenController, DecisionLoop, Evaluations],
  exports: [Evaluations],
})
export class EvaluationsModule {}
