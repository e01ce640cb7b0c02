import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import type { KillMode, KillScope, LiftRule } from '@reeve/policy';
import { KillModeEnum, KillScopeEnum, LiftRuleEnum } from '../infra/graphql/enums.js';

@ObjectType()
export class KillSwitch {
  @Field(() => ID) id!: string;
  @Field({ description: 'A slug; _platform for a global one.' }) tenant!: string;
  @Field(() => KillScopeEnum) scope!: KillScope;
  @Field({ description: 'The assistant, tool or class; empty for global and tenant.' }) target!: string;
  @Field(() => KillModeEnum) mode!: KillMode;
  @Field() reason!: string;
  @Field() engagedBy!: string;
  @Field() engagedAt!: Date;
  @Field({ description: 'Ledger position of the flip; nothing after it is allowed.' }) engagedSeq!: string;
  @Field(() => String, { nullable: true }) liftProposedBy!: string | null;
  @Field(() => Date, { nullable: true }) liftProposedAt!: Date | null;
  @Field(() => String, { nullable: true }) liftedBy!: string | null;
  @Field(() => Date, { nullable: true }) liftedAt!: Date | null;
  @Field(() => String, { nullable: true }) liftReason!: string | null;
  @Field(() => LiftRuleEnum, { description: 'What lifting takes, settled when it was engaged.' })
  liftRule!: LiftRule;
  @Field(() => [String], { description: 'Who could lift it then, by name.' }) lifters!: string[];
  @Field(() => Date, { nullable: true, description: 'When a cool-down that was begun is over.' })
  liftableAt!: Date | null;
  @Field(() => Boolean, { description: 'Lifting it takes two people: one proposes, another confirms.' })
  needsSecondPerson!: boolean;
  @Field(() => Int, { description: 'Evaluations it refused.' }) refused!: number;
  @Field(() => Int) version!: number;
}

@ObjectType({ description: 'What a stop would touch right now.' })
export class KillSwitchImpact {
  @Field(() => Int) assistants!: number;
  @Field(() => Float) callsPerMinute!: number;
  @Field(() => Int) allowedLastHour!: number;
}

@ObjectType({ description: 'What lifting a stop would take, were it engaged now.' })
export class LiftTerms {
  @Field(() => LiftRuleEnum) rule!: LiftRule;
  @Field(() => [String], { description: 'Who could lift it, by name.' }) people!: string[];
}
