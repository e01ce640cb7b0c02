import { Module } from '@nestjs/common';
import { answersAgents } from '../entrance/agent-controllers.js';
import { EvaluationsModule } from '../evaluations/evaluations.module.js';
import { OutcomesController } from './outcomes.controller.js';
import { Outcomes } from './outcomes.service.js';

@Module({
  imports: [EvaluationsModule],
  providers: [Outcomes, OutcomesController, answersAgents(OutcomesController)],
})
export class OutcomesModule {}
