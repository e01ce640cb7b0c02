import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { Effect } from '@reeve/policy';
import { EffectEnum } from '../infra/graphql/enums.js';
import { COST } from '../infra/graphql/cost.js';
import { JSONValue } from '../infra/graphql/scalars.js';

@ObjectType()
export class TrailEntry {
  @Field() stage!: string;
  @Field(() => String) effect!: string;
  @Field(() => String, { nullable: true }) reason?: string | undefined;
  @Field(() => JSONValue, { nullable: true }) detail?: unknown;
}

@ObjectType({ description: 'What came of an evaluation, as the enforcement point reported it.' })
export class Outcome {
  @Field(() => ID) id!: string;
  @Field() seq!: string;
  @Field() at!: Date;
  @Field(() => ID) evaluationId!: string;
  @Field(() => String, { description: 'succeeded | failed | not_executed' }) status!: string;
  @Field(() => Boolean, {
    nullable: true,
    description: 'Executed arguments equal the authorised ones; null when not reported.',
  })
  argumentsMatch!: boolean | null;
  @Field(() => JSONValue) detail!: unknown;
}

@ObjectType({ description: 'One recorded question with its decision.' })
export class Evaluation {
  @Field(() => ID) id!: string;
  @Field({ description: 'Its place in the ledger.' }) seq!: string;
  @Field() at!: Date;
  @Field(() => EffectEnum) effect!: Effect;
  @Field(() => String) reason!: string;
  @Field() action!: string;
  @Field() tool!: string;
  @Field(() => String, { nullable: true }) assistant!: string | null;
  @Field(() => String) channel!: string;
  @Field(() => String, { nullable: true }) runId!: string | null;
  @Field(() => String, { nullable: true }) threadId!: string | null;
  @Field(() => String, { nullable: true }) traceId!: string | null;
  @Field(() => String, { nullable: true }) spanId!: string | null;
  @Field(() => ID, { description: "The subject's pseudonym." }) subjectRef!: string;
  @Field(() => String, { nullable: true, description: 'null once erased.' }) subjectId!: string | null;
  @Field() subjectType!: string;
  @Field(() => String) mode!: string;
  @Field(() => Int) policyRevision!: number;
  @Field(() => JSONValue) detail!: unknown;
  @Field(() => [TrailEntry], { description: 'Every finding, in order, up to the one that decided.' })
  trail!: TrailEntry[];
  @Field({ description: 'The API key that asked.' }) caller!: string;
  @Field(() => JSONValue, {
    nullable: true,
    description: 'Decrypted arguments; null when erased or not permitted.',
    complexity: COST.evidence,
  })
  arguments!: unknown;
  @Field(() => Outcome, { nullable: true }) outcome!: Outcome | null;
}

@ObjectType()
export class EvaluationConnection {
  @Field(() => [Evaluation]) nodes!: Evaluation[];
  @Field(() => String, { nullable: true }) endCursor!: string | null;
  @Field(() => Boolean) hasNextPage!: boolean;
  @Field(() => Int) totalCount!: number;
}

@InputType({ description: 'Whom an agent acted for: an id alone may be two subjects.' })
export class SubjectName {
  @Field() type!: string;
  @Field() id!: string;
}

@InputType()
export class EvaluationFilter {
  @Field(() => [EffectEnum], { nullable: true }) effect?: Effect[] | null;
  @Field(() => [String], { nullable: true }) reason?: string[] | null;
  @Field(() => [String], { nullable: true }) tool?: string[] | null;
  @Field(() => [String], { nullable: true }) assistant?: string[] | null;
  @Field(() => String, { nullable: true }) runId?: string | null;
  @Field(() => SubjectName, { nullable: true }) subject?: SubjectName | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether what came of it was reported.' }) reported?:
    boolean | null;
  @Field(() => Date, { nullable: true }) from?: Date | null;
  @Field(() => Date, { nullable: true }) to?: Date | null;
}
