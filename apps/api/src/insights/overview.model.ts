import { Field, Int, ObjectType } from '@nestjs/graphql';
import { KillSwitch } from '../kill-switch/kill-switch.model.js';

@ObjectType()
export class EffectCounts {
  @Field(() => Int) evaluations!: number;
  @Field(() => Int) allow!: number;
  @Field(() => Int) confirm!: number;
  @Field(() => Int) approve!: number;
  @Field(() => Int) replay!: number;
  @Field(() => Int) deny!: number;
}

@ObjectType()
export class EffectBucket {
  @Field({ description: 'Start of the bucket.' }) at!: Date;
  @Field(() => Int) allow!: number;
  @Field(() => Int) confirm!: number;
  @Field(() => Int) approve!: number;
  @Field(() => Int) replay!: number;
  @Field(() => Int) deny!: number;
}

@ObjectType()
export class DenialCell {
  @Field() tool!: string;
  @Field({ description: 'A slug.' }) tenant!: string;
  @Field(() => Int, { description: 'Denied.' }) count!: number;
  @Field(() => Int, { description: 'Asked.' }) evaluations!: number;
}

@ObjectType()
export class ReasonCount {
  @Field() reason!: string;
  @Field(() => Int) count!: number;
}

@ObjectType()
export class AuditChange {
  @Field({ description: 'A slug; _platform for what concerns every tenant.' }) tenant!: string;
  @Field() seq!: string;
  @Field() at!: Date;
  @Field() actor!: string;
  @Field() action!: string;
  @Field() target!: string;
  @Field(() => String, { nullable: true }) reason!: string | null;
}

@ObjectType()
export class OutcomeCounts {
  @Field(() => Int) reported!: number;
  @Field(() => Int) succeeded!: number;
  @Field(() => Int) failed!: number;
  @Field(() => Int) notExecuted!: number;
  @Field(() => Int, { description: 'Executed arguments differ from the authorised ones.' }) drifted!: number;
  @Field(() => Int, { description: 'Allowed evaluations nobody has accounted for.' }) missing!: number;
  @Field(() => Int, { description: 'Calls that ran without an evaluation, as agents told.' })
  ungoverned!: number;
}

@ObjectType({
  description: 'When agents asked first and last within the past 30 days; null when they did not.',
})
export class Activity {
  @Field(() => Date, { nullable: true }) first!: Date | null;
  @Field(() => Date, { nullable: true }) last!: Date | null;
}

@ObjectType()
export class Overview {
  @Field() from!: Date;
  @Field() to!: Date;
  @Field(() => Int) bucketSeconds!: number;
  @Field(() => EffectCounts) totals!: EffectCounts;
  @Field(() => EffectCounts, { description: 'The equally long time before.' }) previous!: EffectCounts;
  @Field(() => [EffectBucket], {
    description: 'Oldest first; a bucket without evaluations is there, with zeros.',
  })
  series!: EffectBucket[];
  @Field(() => [DenialCell], { description: 'Every tool that was asked for, per tenant, most denied first.' })
  denials!: DenialCell[];
  @Field(() => [ReasonCount], { description: 'Of whatever was not allowed, most frequent first.' })
  reasons!: ReasonCount[];
  @Field(() => [AuditChange], { description: 'The newest 50 changes within the time.' })
  changes!: AuditChange[];
  @Field(() => [KillSwitch]) inForce!: KillSwitch[];
  @Field(() => OutcomeCounts) outcomes!: OutcomeCounts;
}
