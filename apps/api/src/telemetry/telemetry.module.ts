import { BullModule } from '@nestjs/bullmq';
import { Module } from '@nestjs/common';
import { answersAgents } from '../entrance/agent-controllers.js';
import { PoliciesModule } from '../policies/policies.module.js';
import { Ingest } from './ingest.service.js';
import {
  LangfuseOtlpController,
  LogsController,
  MetricsInController,
  TracesController,
} from './otlp.controller.js';
import { PostgresSpanStore } from './postgres-span-store.repository.js';
import { Receiver } from './receiver.service.js';
import { RETENTION, RetentionProcessor } from './retention.processor.js';
import { Retention } from './retention.service.js';
import { SeriesBook } from './series-book.repository.js';
import { SPAN_STORE } from './span-store.js';
import { TelemetryDatabase } from './telemetry-database.repository.js';
import { TermsOfTenants } from './terms.service.js';

const CONTROLLERS = [TracesController, MetricsInController, LogsController, LangfuseOtlpController];

/** The database behind it, which only this module knows. */
@Module({
  providers: [
    SeriesBook,
    TelemetryDatabase,
    PostgresSpanStore,
    { provide: SPAN_STORE, useExisting: PostgresSpanStore },
  ],
  exports: [SPAN_STORE],
})
export class SpanStoreModule {}

/** Tidying, in the background. */
@Module({
  imports: [SpanStoreModule, BullModule.registerQueue({ name: RETENTION })],
  providers: [Retention, RetentionProcessor],
})
export class RetentionModule {}

/** What agents report of themselves: received, kept, summed. */
@Module({
  imports: [PoliciesModule, SpanStoreModule],
  providers: [Ingest, Receiver, TermsOfTenants, ...CONTROLLERS, answersAgents(...CONTROLLERS)],
  exports: [Ingest],
})
export class TelemetryModule {}
