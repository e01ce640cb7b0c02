import { Module } from '@nestjs/common';
import { KillSwitchModule } from '../kill-switch/kill-switch.module.js';
import { EvaluationPanels } from './evaluation-panels.service.js';
import { EvaluationsReadModel } from './evaluations.read-model.js';
import { EvaluationsResolver } from './evaluations.resolver.js';
import { FirstStepsReadModel } from './first-steps.read-model.js';
import { FirstStepsResolver } from './first-steps.resolver.js';
import { FirstStepsService } from './first-steps.service.js';
import { OverviewResolver } from './overview.resolver.js';
import { OverviewService } from './overview.service.js';
import { ActivityReadModel } from './panels/activity.read-model.js';
import { ChangesReadModel } from './panels/changes.read-model.js';
import { Counting } from './panels/counting.read-model.js';
import { DenialsReadModel } from './panels/denials.read-model.js';
import { EffectCountsReadModel } from './panels/effect-counts.read-model.js';
import { EffectSeriesReadModel } from './panels/effect-series.read-model.js';
import { OutcomesReadModel } from './panels/outcomes.read-model.js';
import { ReasonsReadModel } from './panels/reasons.read-model.js';
import { RecordedEvaluations } from './recorded-evaluations.service.js';
import { LatencyReadModel } from './telemetry/latency.read-model.js';
import { ReceiversReadModel } from './telemetry/receivers.read-model.js';
import { SpendReadModel } from './telemetry/spend.read-model.js';
import { TelemetryInsightsResolver } from './telemetry/telemetry-insights.resolver.js';
import { TelemetryInsights } from './telemetry/telemetry-insights.service.js';

/** The panels of the overview, each counted by itself. */
const PANELS = [
  ActivityReadModel,
  ChangesReadModel,
  DenialsReadModel,
  EffectCountsReadModel,
  EffectSeriesReadModel,
  OutcomesReadModel,
  ReasonsReadModel,
];

/** The things people look at: recorded evaluations and the overview. */
@Module({
  imports: [KillSwitchModule],
  providers: [
    ...PANELS,
    Counting,
    EvaluationPanels,
    EvaluationsReadModel,
    EvaluationsResolver,
    FirstStepsReadModel,
    FirstStepsResolver,
    FirstStepsService,
    LatencyReadModel,
    OverviewResolver,
    OverviewService,
    ReceiversReadModel,
    RecordedEvaluations,
    SpendReadModel,
    TelemetryInsights,
    TelemetryInsightsResolver,
  ],
})
export class InsightsModule {}
