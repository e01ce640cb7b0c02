import { Module, type DynamicModule } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import { MercuriusDriver, type MercuriusDriverConfig } from '@nestjs/mercurius';
import { AccessSearchModule } from './access-search/access-search.module.js';
import { ApiKeysModule } from './api-keys/api-keys.module.js';
import { AuditModule } from './audit/audit.module.js';
import { ActorNamesModule } from './auth/actor-names.module.js';
import { AuthModule } from './auth/auth.module.js';
import { ClockModule } from './clock/clock.module.js';
import { DemoModule } from './demo/demo.module.js';
import { DocsModule } from './docs/docs.module.js';
import { EvaluationsModule } from './evaluations/evaluations.module.js';
import { HousekeepingModule } from './housekeeping/housekeeping.module.js';
import { HealthModule } from './health/health.module.js';
import type { Config } from './infra/config.js';
import { graphqlOptions } from './infra/graphql/options.js';
import { InfraModule } from './infra/infra.module.js';
import { queuesRoot } from './infra/queues.js';
import { InsightsModule } from './insights/insights.module.js';
import { IntegrityModule, LedgerStandingModule, WitnessModule } from './integrity/integrity.module.js';
import { KillSwitchModule } from './kill-switch/kill-switch.module.js';
import { LangfuseModule, LangfusePullModule } from './langfuse/langfuse.module.js';
import { LedgerModule } from './ledger/ledger.module.js';
import { MembersModule } from './members/members.module.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { OutcomesModule } from './outcomes/outcomes.module.js';
import { PoliciesModule } from './policies/policies.module.js';
import { QuotasModule } from './quotas/quotas.module.js';
import { ResourcesModule } from './resources/resources.module.js';
import { SearchModule } from './search/search.module.js';
import { SessionsModule } from './sessions/sessions.module.js';
import { SignInModule } from './sign-in/sign-in.module.js';
import { SubjectsModule } from './subjects/subjects.module.js';
import { RetentionModule, TelemetryModule } from './telemetry/telemetry.module.js';
import { TenantsModule } from './tenants/tenants.module.js';
import { ToolsModule } from './tools/tools.module.js';

/** Everything, by feature. */
@Module({})
export class AppModule {
  static for(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        InfraModule.for(config),
        LedgerModule,
        AuthModule.by(SignInModule, ApiKeysModule),
        GraphQLModule.forRoot<MercuriusDriverConfig>({ driver: MercuriusDriver, ...graphqlOptions(config) }),
        HealthModule,
        MetricsModule,
        EvaluationsModule,
        OutcomesModule,
        TelemetryModule,
        TenantsModule,
        SessionsModule,
        MembersModule,
        PoliciesModule,
        SubjectsModule,
        ResourcesModule,
        AccessSearchModule,
        LangfuseModule,
        KillSwitchModule,
        QuotasModule,
        ToolsModule,
        InsightsModule,
        AuditModule,
        WitnessModule,
        LedgerStandingModule,
        ClockModule,
        SearchModule,
        DemoModule,
        DocsModule,
        ...(config.worker ? background(config) : []),
      ],
    };
  }
}

/** Modules with the work that nobody waits for. */
const background = (config: Config) => [
  queuesRoot(config),
  IntegrityModule,
  HousekeepingModule,
  RetentionModule,
  LangfusePullModule,
];

/** The background work alone. */
@Module({})
export class WorkerModule {
  static for(config: Config): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        InfraModule.for(config),
        LedgerModule,
        ActorNamesModule,
        WitnessModule,
        ...background(config),
      ],
    };
  }
}
