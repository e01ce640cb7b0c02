import { Field, Int, ObjectType } from '@nestjs/graphql';

@ObjectType()
export class ToolStats {
  @Field() tool!: string;
  @Field(() => Int) calls!: number;
  @Field(() => Int) allowed!: number;
  @Field(() => Int) denied!: number;
  @Field(() => Int, { description: 'A person was to confirm or approve first.' }) asked!: number;
  @Field(() => Date, { nullable: true }) lastCalledAt!: Date | null;
}

@ObjectType()
export class ToolStatsConnection {
  @Field(() => [ToolStats]) nodes!: ToolStats[];
  @Field(() => String, { nullable: true }) endCursor!: string | null;
  @Field(() => Boolean) hasNextPage!: boolean;
}
