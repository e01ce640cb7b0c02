import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { AdminRole } from '@reeve/policy';
import type { AdminActor } from '../auth/admin-actor.js';
import type { KeyScope } from '../auth/agent-caller.js';
import { CurrentActor, InTenant } from '../auth/current.js';
import { Permission } from '../auth/permission.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { AdminRoleEnum, ApiKeyKindEnum } from '../infra/graphql/enums.js';
import type { ApiKeyKind } from './api-key-format.js';
import { ApiKey, ApiKeyScopeEnum, CreatedApiKey } from './api-key.model.js';
import { ApiKeysService } from './api-keys.service.js';
import { FirstQuestion } from './first-question.model.js';
import { FirstQuestionService } from './first-question.service.js';

@Resolver(() => ApiKey)
export class ApiKeysResolver {
  constructor(
    private readonly service: ApiKeysService,
    private readonly firstQuestions: FirstQuestionService,
  ) {}

  @Query(() => [ApiKey])
  @Permission('read', 'ApiKey')
  apiKeys(@InTenant() tenant: TenantScope) {
    return this.service.list(tenant);
  }

  @Query(() => FirstQuestion, {
    nullable: true,
    description:
      'A question that is allowed by the current policy, to try a key with; null when nobody may anything.',
  })
  @Permission('create', 'ApiKey')
  firstQuestion(
    @InTenant() tenant: TenantScope,
    @Args('assistants', { type: () => [String], defaultValue: [] }) assistants: string[],
  ) {
    return this.firstQuestions.find(tenant, assistants);
  }

  @Mutation(() => CreatedApiKey)
  @Permission('create', 'ApiKey')
  createApiKey(
    @InTenant() tenant: TenantScope,
    @Args('name') name: string,
    @Args('kind', { type: () => ApiKeyKindEnum }) kind: ApiKeyKind,
    @Args('assistants', { type: () => [String], nullable: true, defaultValue: [] })
    assistants: string[] | null,
    @Args('scopes', {
      type: () => [ApiKeyScopeEnum],
      nullable: true,
      description: 'An agent’s key: what it is for; left out, decisions.',
    })
    scopes: KeyScope[] | null,
    @Args('roles', { type: () => [AdminRoleEnum], nullable: true, defaultValue: [] })
    roles: AdminRole[] | null,
    @Args('expiresInDays', {
      type: () => Int,
      nullable: true,
      description: 'A management key: 1 to 365. An agent’s key has no end.',
    })
    expiresInDays: number | null,
    @Args('reason') reason: string,
    @CurrentActor() actor: AdminActor,
  ) {
    return this.service.create(
      actor,
      tenant,
      {
        name,
        kind,
        assistants: assistants ?? [],
        scopes: scopes ?? (kind === 'agent' ? ['decisions'] : []),
        roles: roles ?? [],
        expiresInDays: expiresInDays ?? null,
      },
      reason,
    );
  }

  @Mutation(() => ApiKey, {
    description:
      'An agent’s key. Each process counts for itself, and hears of it within ten seconds; left out or null is no limit. Beyond it: 429 with Retry-After.',
  })
  @Permission('update', 'ApiKey')
  limitApiKey(
    @InTenant() tenant: TenantScope,
    @Args('id', { type: () => ID }) id: string,
    @Args('requestsPerSecond', { type: () => Int, nullable: true }) requestsPerSecond: number | null,
    @Args('questionsPerSecond', { type: () => Int, nullable: true }) questionsPerSecond: number | null,
    @Args('expectedVersion', { type: () => Int }) expectedVersion: number,
    @Args('reason') reason: string,
    @CurrentActor() actor: AdminActor,
  ) {
    return this.service.limit(
      actor,
      tenant,
      { id, expectedVersion },
      {
        requestsPerSecond: requestsPerSecond ?? null,
        questionsPerSecond: questionsPerSecond ?? null,
      },
      reason,
    );
  }

  @Mutation(() => ApiKey)
  @Permission('delete', 'ApiKey')
  revokeApiKey(
    @InTenant() tenant: TenantScope,
    @Args('id', { type: () => ID }) id: string,
    @Args('expectedVersion', { type: () => Int }) expectedVersion: number,
    @Args('reason') reason: string,
    @CurrentActor() actor: AdminActor,
  ) {
    return this.service.revoke(actor, tenant, id, expectedVersion, reason);
  }
}
