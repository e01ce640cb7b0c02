import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { EvaluationsModule } from '../evaluations/evaluations.module.js';
import { OutcomesController } from './outcomes.controller.js';
import { Outcomes } from './outcomes.service.js';

@Module({
  imports: [AuthModule, EvaluationsModule],
  providers: [Outcomes, OutcomesController],
})
export class OutcomesModule {}
