import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import { graphqlEnum } from '../../infra/graphql/enums.js';

export const LATENCY_OF = ['node', 'model', 'tool'] as const;
export type LatencyOf = (typeof LATENCY_OF)[number];
export const LatencyOfEnum = graphqlEnum('LatencyOf', LATENCY_OF);

@ObjectType({
  description: 'Percentiles within 1 %, by nearest rank, of all that were timed; null where none was.',
})
export class Latency {
  @Field({ description: 'A slug.' }) tenant!: string;
  @Field(() => String, { nullable: true, description: 'The node, model or tool; null is unknown.' })
  name!: string | null;
  @Field(() => Int, { description: 'Visits or calls.' }) count!: number;
  @Field(() => Int, { description: 'Of these, whose duration is known. Below 20 a percentile says little.' })
  timed!: number;
  @Field(() => Int) errors!: number;
  @Field(() => Float, { nullable: true }) meanMs!: number | null;
  @Field(() => Float, { nullable: true }) p50Ms!: number | null;
  @Field(() => Float, { nullable: true }) p95Ms!: number | null;
  @Field(() => Float, { nullable: true }) p99Ms!: number | null;
}

@ObjectType({ description: 'Parts that add up: none holds what another holds.' })
export class TokenCounts {
  @Field(() => Float) inputUncached!: number;
  @Field(() => Float) inputCacheRead!: number;
  @Field(() => Float) inputCacheWrite!: number;
  @Field(() => Float) inputAudio!: number;
  @Field(() => Float) outputText!: number;
  @Field(() => Float) outputReasoning!: number;
  @Field(() => Float) outputAudio!: number;
}

@ObjectType()
export class Spend extends TokenCounts {
  @Field(() => Float) calls!: number;
  @Field(() => Float, { description: 'At least this, where some calls are unpriced.' }) costUsd!: number;
  @Field(() => Float) unpricedCalls!: number;
  @Field(() => Float) unpricedTokens!: number;
}

@ObjectType()
export class SpendRow extends Spend {
  @Field({ description: 'A slug.' }) tenant!: string;
  @Field(() => [String], {
    nullable: 'items',
    description: 'In the order that was asked for; null is unknown, "(other)" what was folded.',
  })
  keys!: (string | null)[];
}

@ObjectType()
export class UserSpend extends Spend {
  @Field({ description: 'A slug.' }) tenant!: string;
  @Field({ description: 'A pseudonym of the tenant’s; all zero is everybody beyond what is told apart.' })
  user!: string;
}

@ObjectType({ description: 'A bucket that nothing came in is not there: that is a gap, and no zero.' })
export class SpendBucket extends Spend {
  @Field({ description: 'Start of the bucket.' }) at!: Date;
}

@ObjectType()
export class Rejection {
  @Field() reason!: string;
  @Field(() => Float) count!: number;
  @Field() firstAt!: Date;
  @Field() lastAt!: Date;
  @Field({ description: 'Where one of them was, and nothing of what was said.' }) sample!: string;
}

@ObjectType()
export class ReceiverState {
  @Field({ description: 'A slug.' }) tenant!: string;
  @Field({ description: 'otlp_traces | otlp_metrics | otlp_logs' }) receiver!: string;
  @Field(() => Date, { nullable: true, description: 'To the minute; null: not within two days.' })
  lastSeen!: Date | null;
  @Field(() => Float, { description: 'Taken a minute, over the past five.' }) perMinute!: number;
  @Field(() => Float, {
    description: 'Within a day, times sent: what is sent twice is taken twice, and counts once.',
  })
  accepted!: number;
  @Field(() => Float, { description: 'Within a day.' }) rejected!: number;
  @Field(() => [Rejection], { description: 'Since ever, the newest first.' }) rejections!: Rejection[];
}

@ObjectType()
export class FoldedDimension {
  @Field({ description: 'A slug.' }) tenant!: string;
  @Field() dimension!: string;
  @Field(() => Int, { description: 'Values that are told apart.' }) values!: number;
  @Field(() => Int, { description: 'Values that count as "(other)"; 1000 is that many or more.' })
  folded!: number;
}
