import { BullModule } from '@nestjs/bullmq';
import { Module } from '@nestjs/common';
import { ScoresModule } from '../scores/scores.module.js';
import { TelemetryModule } from '../telemetry/telemetry.module.js';
import { Backfills } from './backfills.service.js';
import { ConnectionsRepository } from './connections.repository.js';
import { Connections } from './connections.service.js';
import { LANGFUSE, LangfuseProcessor } from './langfuse.processor.js';
import { LangfuseResolver } from './langfuse.resolver.js';
import { Pulling } from './pulling.service.js';
import { PullsRepository } from './pulls.repository.js';
import { SpanIntake } from './span-intake.service.js';

/** In every process: what people see and change of it, and the pulling for whoever does it. */
@Module({
  imports: [ScoresModule, TelemetryModule],
  providers: [
    Backfills,
    Connections,
    ConnectionsRepository,
    LangfuseResolver,
    Pulling,
    PullsRepository,
    SpanIntake,
  ],
  exports: [Pulling],
})
export class LangfuseModule {}

/** The pulling, in the background. */
@Module({
  imports: [LangfuseModule, BullModule.registerQueue({ name: LANGFUSE })],
  providers: [LangfuseProcessor],
})
export class LangfusePullModule {}
