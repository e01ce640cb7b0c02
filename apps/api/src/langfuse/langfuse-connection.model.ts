import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { graphqlEnum } from '../infra/graphql/enums.js';
import { GENERATIONS, type Generation } from './langfuse-api.js';
import { TROUBLES, type Trouble } from './langfuse-error.js';
import { CONNECTION_STATES, PULL_STATES, type ConnectionState, type PullState } from './states.js';

export const LangfuseStateEnum = graphqlEnum('LangfuseState', CONNECTION_STATES);
export const LangfuseGenerationEnum = graphqlEnum('LangfuseGeneration', GENERATIONS);
export const LangfuseTroubleEnum = graphqlEnum('LangfuseTrouble', TROUBLES);
export const BackfillStateEnum = graphqlEnum('BackfillState', PULL_STATES);

@ObjectType({ description: 'A stretch of the past that is read from Langfuse.' })
export class LangfuseBackfill {
  @Field(() => ID) id!: string;
  @Field() from!: Date;
  @Field({ description: 'Not within it.' }) to!: Date;
  @Field(() => BackfillStateEnum) state!: PullState;
  @Field(() => Date, {
    nullable: true,
    description: 'Read back to here: the newest comes first.',
  })
  reached!: Date | null;
  @Field(() => Float, { description: 'Of its time, from 0 to 1.' }) share!: number;
  @Field(() => Int) pages!: number;
  @Field(() => Float) rows!: number;
  @Field(() => Float, { description: 'Not kept: the receiver’s state says why.' }) rejected!: number;
  @Field(() => Float) scores!: number;
  @Field(() => String, { nullable: true, description: 'What it waits for, or ended with.' })
  error!: string | null;
  @Field(() => Date, { nullable: true }) resumeAt!: Date | null;
  @Field() createdAt!: Date;
  @Field(() => Date, { nullable: true }) finishedAt!: Date | null;
}

@ObjectType({ description: 'A Langfuse project that is pulled from.' })
export class LangfuseConnection {
  @Field(() => ID) id!: string;
  @Field() baseUrl!: string;
  @Field() publicKey!: string;
  @Field({ description: 'The last four characters of the secret key.' }) hint!: string;
  @Field(() => LangfuseStateEnum) state!: ConnectionState;
  @Field(() => String, { nullable: true, description: 'What went wrong last; null: nothing.' })
  error!: string | null;
  @Field(() => LangfuseGenerationEnum, { nullable: true, description: 'null: not found out yet.' })
  generation!: Generation | null;
  @Field(() => String, { nullable: true }) projectName!: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Where a trace is seen there, with {trace} for its id.',
  })
  traceUrl!: string | null;
  @Field(() => Date, { nullable: true, description: 'Everything before it was pulled.' })
  watermark!: Date | null;
  @Field(() => Date, { nullable: true }) pulledAt!: Date | null;
  @Field(() => Float) rows!: number;
  @Field(() => Float) rejected!: number;
  @Field(() => Float) scores!: number;
  @Field(() => [LangfuseBackfill], { description: 'The newest first, five at most.' })
  backfills!: LangfuseBackfill[];
  @Field() createdAt!: Date;
  @Field(() => Int) version!: number;
}

@ObjectType({ description: 'What a server says to a key, with nothing kept of it.' })
export class LangfuseTest {
  @Field(() => LangfuseTroubleEnum, { nullable: true, description: 'null: all is well.' })
  trouble!: Trouble | null;
  @Field() message!: string;
  @Field(() => LangfuseGenerationEnum, { nullable: true }) generation!: Generation | null;
  @Field(() => String, { nullable: true }) projectName!: string | null;
}
