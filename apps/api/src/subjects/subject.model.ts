import { Field, Int, ObjectType } from '@nestjs/graphql';
import { JSONValue } from '../infra/graphql/scalars.js';

@ObjectType()
export class Subject {
  @Field() type!: string;
  @Field(() => String) id!: string;
  @Field(() => [String]) roles!: string[];
  @Field(() => JSONValue, { description: '{ tool: "allow" | "deny" }' }) grants!: unknown;
  @Field(() => Int) version!: number;
  @Field() updatedAt!: Date;
}

@ObjectType()
export class SubjectConnection {
  @Field(() => [Subject]) nodes!: Subject[];
  @Field(() => Int) totalCount!: number;
  @Field(() => String, { nullable: true }) endCursor!: string | null;
  @Field(() => Boolean) hasNextPage!: boolean;
}
