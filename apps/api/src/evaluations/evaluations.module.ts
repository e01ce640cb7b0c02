import { Module } from '@nestjs/common';
import { ApiKeysModule } from '../api-keys/api-keys.module.js';
import { answersAgents } from '../entrance/agent-controllers.js';
import { AuthZenController } from './authzen.controller.js';
import { DecisionLoop } from './decision-loop.js';
import { Evaluations } from './evaluations.service.js';
import { MetadataController } from './metadata.controller.js';
import { Metadata } from './metadata.service.js';

/** The PDP. */
@Module({
  imports: [ApiKeysModule],
  controllers: [MetadataController],
  providers: [AuthZenController, DecisionLoop, Evaluations, Metadata, answersAgents(AuthZenController)],
  exports: [Evaluations],
})
export class EvaluationsModule {}
