import { Module } from '@nestjs/common';
import { ApiKeysModule } from '../api-keys/api-keys.module.js';
import { answersAgents } from '../entrance/agent-controllers.js';
import { AuthZenController } from './authzen.controller.js';
import { DecisionLoop } from './decision-loop.js';
import { DecisionMetrics } from './decision-metrics.service.js';
import { Evaluations } from './evaluations.service.js';
import { MetadataController } from './metadata.controller.js';
import { Metadata } from './metadata.service.js';

/** The PDP. */
@Module({
  imports: [ApiKeysModule],
  controllers: [MetadataController],
  providers: [
    AuthZenController,
    DecisionLoop,
    DecisionMetrics,
    Evaluations,
    Metadata,
    answersAgents(AuthZenController),
  ],
  exports: [DecisionMetrics, Evaluations],
})
export class EvaluationsModule {}
