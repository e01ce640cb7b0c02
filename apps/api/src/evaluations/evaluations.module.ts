import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { AuthZenController } from './authzen.controller.js';
import { DecisionLoop } from './decision-loop.js';
import { Evaluations } from './evaluations.service.js';
import { Metadata } from './metadata.js';

/** The PDP. */
@Module({
  imports: [AuthModule],
  controllers: [AuthZenController],
  providers: [DecisionLoop, Evaluations, Metadata],
  exports: [Evaluations],
})
export class EvaluationsModule {}
