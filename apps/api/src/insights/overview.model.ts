import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { AdminActor } from '../auth/admin-actor.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import type { PanelScope } from './panels/panel.js';

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

/** Its panels are fields of the resolver. */
@ObjectType()
export class Overview implements PanelScope {
  @Field() from!: Date;
  @Field() to!: Date;
  @Field(() => Int) bucketSeconds!: number;
  readonly actor!: AdminActor;
  readonly tenants!: readonly TenantScope[];
}
