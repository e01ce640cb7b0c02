import { Field, ObjectType } from '@nestjs/graphql';
import type { JsonObject } from '@reeve/policy';

@ObjectType()
export class FirstQuestion {
  @Field()
  assistant!: string;
  @Field()
  tool!: string;
  @Field()
  subjectType!: string;
  @Field()
  subjectId!: string;
  @Field(() => Object)
  arguments!: JsonObject;
}
