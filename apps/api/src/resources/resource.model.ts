import { Field, Int, ObjectType } from '@nestjs/graphql';
import { JSONValue } from '../infra/graphql/scalars.js';

@ObjectType({ description: 'A registered resource of a type that the policy has beside tools.' })
export class Resource {
  @Field() type!: string;
  @Field(() => String) id!: string;
  @Field(() => JSONValue, { description: 'They win against what a request says.' }) properties!: unknown;
  @Field(() => Int) version!: number;
  @Field() updatedAt!: Date;
}

@ObjectType()
export class ResourceConnection {
  @Field(() => [Resource]) nodes!: Resource[];
  @Field(() => Int) totalCount!: number;
  @Field(() => String, { nullable: true }) endCursor!: string | null;
  @Field(() => Boolean) hasNextPage!: boolean;
}
