import { Field, Int, ObjectType } from '@nestjs/graphql';
import { DIRECTIONS, KIND_NAMES, type Direction } from '@reeve/policy';
import { Policy, PolicyChange } from './policy.model.js';

@ObjectType({
  description: 'What a policy does differently: a role’s answer for a tool, or what else changed.',
})
export class PolicyEffect {
  @Field(() => String, { description: DIRECTIONS.join(' | ') })
  direction!: Direction;
  @Field(() => String, { description: ['permission', ...KIND_NAMES].join(' | ') })
  kind!: string;
  @Field({ description: 'The role of a permission, else what changed.' }) name!: string;
  @Field(() => String, { nullable: true }) tool!: string | null;
  @Field({ description: 'In words.' }) before!: string;
  @Field({ description: 'In words.' }) after!: string;
  @Field(() => String, {
    nullable: true,
    description: 'The role whose cell it is, when it is not this role’s.',
  })
  inheritedFrom!: string | null;
}

@ObjectType({
  description: 'Who is bound to a name that goes, comes or means something else. It ends with the publish.',
})
export class EndedBinding {
  @Field(() => String, { description: 'role | grant | assistant' }) kind!: string;
  @Field() name!: string;
  @Field(() => Int) count!: number;
  @Field(() => [String], {
    description: 'Subjects or keys, 100 at most; none where the actor may not read them.',
  })
  holders!: readonly string[];
}

@ObjectType({ description: 'What a reviewer answers for.' })
export class PolicyReview {
  @Field(() => [PolicyChange], { description: 'The edits, by themselves.' })
  changes!: readonly PolicyChange[];
  @Field(() => [PolicyEffect], { description: 'Widening first; 10,000 at most.' })
  effects!: readonly PolicyEffect[];
  @Field(() => Int) effectCount!: number;
  @Field(() => [EndedBinding]) ended!: readonly EndedBinding[];
}

@ObjectType({ description: 'A revision, and what it did.' })
export class PublishedPolicy extends Policy {
  @Field(() => PolicyReview) review!: PolicyReview;
}
