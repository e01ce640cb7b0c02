import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { AdminRole } from '@reeve/policy';
import { KEY_SCOPES, type KeyScope } from '../auth/agent-caller.js';
import { AdminRoleEnum, ApiKeyKindEnum, graphqlEnum } from '../infra/graphql/enums.js';
import type { ApiKeyKind } from './api-key-format.js';

export enum ApiKeyState {
  active = 'active',
  expired = 'expired',
  maker_gone = 'maker_gone',
  revoked = 'revoked',
}
registerEnumType(ApiKeyState, {
  name: 'ApiKeyState',
  valuesMap: {
    maker_gone: {
      description: 'A management key whose maker has no role left to lend it: removed, disabled or demoted.',
    },
  },
});

export const ApiKeyScopeEnum = graphqlEnum('ApiKeyScope', KEY_SCOPES);

@ObjectType()
export class ApiKey {
  @Field(() => ID) id!: string;
  @Field() name!: string;
  @Field(() => ApiKeyKindEnum) kind!: ApiKeyKind;
  @Field({ description: 'The last four characters, to tell keys apart.' }) hint!: string;
  @Field(() => [String], { description: 'An agent’s key: the assistants it may speak for; empty means any.' })
  assistants!: string[];
  @Field(() => [ApiKeyScopeEnum], {
    description: 'An agent’s key: asking and reporting (decisions), sending traces (telemetry), or both.',
  })
  scopes!: KeyScope[];
  @Field(() => [AdminRoleEnum], { description: 'A management key: scoped like these admin roles.' })
  roles!: AdminRole[];
  @Field(() => [AdminRoleEnum], { description: 'Of these, what its maker may still give: what it has now.' })
  effectiveRoles!: AdminRole[];
  @Field(() => ApiKeyState) state!: ApiKeyState;
  @Field() createdBy!: string;
  @Field() createdAt!: Date;
  @Field(() => Date, { nullable: true }) lastUsedAt!: Date | null;
  @Field(() => Date, { nullable: true, description: 'A management key always ends, within a year.' })
  expiresAt!: Date | null;
  @Field(() => Date, { nullable: true }) revokedAt!: Date | null;
  @Field(() => Int, {
    nullable: true,
    description: 'An agent’s key: what it may send a second to each process; null is as much as there is.',
  })
  requestsPerSecond!: number | null;
  @Field(() => Int, {
    nullable: true,
    description: 'The same for questions, where a batch counts as many as it holds.',
  })
  questionsPerSecond!: number | null;
  @Field(() => Int) version!: number;
}

@ObjectType()
export class CreatedApiKey {
  @Field(() => ApiKey) apiKey!: ApiKey;
  @Field({ description: 'Shown once; only its hash is kept.' }) secret!: string;
}
