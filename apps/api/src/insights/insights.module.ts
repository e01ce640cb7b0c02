import { Module } from '@nestjs/common';
import { KillSwitchModule } from '../kill-switch/kill-switch.module.js';
import { EvaluationsReadModel } from './evaluations.read-model.js';
import { EvaluationsResolver } from './evaluations.resolver.js';
import { FirstStepsReadModel } from './first-steps.read-model.js';
import { FirstStepsResolver } from './first-steps.resolver.js';
import { FirstStepsService } from './first-steps.service.js';
import { OverviewReadModel } from './overview.read-model.js';
import { OverviewResolver } from './overview.resolver.js';
import { OverviewService } from './overview.service.js';
import { RecordedEvaluations } from './recorded-evaluations.service.js';

/** The things people look at: recorded evaluations and the overview. */
@Module({
  imports: [KillSwitchModule],
  providers: [
    EvaluationsReadModel,
    EvaluationsResolver,
    FirstStepsReadModel,
    FirstStepsResolver,
    FirstStepsService,
    OverviewReadModel,
    OverviewResolver,
    OverviewService,
    RecordedEvaluations,
  ],
})
export class InsightsModule {}
