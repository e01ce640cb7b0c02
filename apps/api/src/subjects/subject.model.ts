import { Field, Int, ObjectType } from '@nestjs/graphql';
import { JSONValue } from '../infra/graphql/scalars.js';

@ObjectType()
export class Subject {
  @Field() type!: string;
  @Field(() => String) id!: string;
  @Field(() => [String]) roles!: string[];
  @Field(() => JSONValue, { description: '{ tool: "allow" | "deny" }' }) grants!: unknown;
  @Field(() => JSONValue, {
    nullable: true,
    description: 'They win against what a request says; {} when none are set; null when they do not open.',
  })
  attributes!: unknown;
  @Field(() => Int) version!: number;
  @Field() updatedAt!: Date;
}

@ObjectType()
export class SubjectImportError {
  @Field(() => Int, { description: 'From 1.' }) line!: number;
  @Field() message!: string;
}

@ObjectType({ description: 'What a file says of subjects, against what is there.' })
export class SubjectImport {
  @Field(() => Int, { description: 'Unknown so far: they are bound without a role.' }) created!: number;
  @Field(() => Int) changed!: number;
  @Field(() => Int) unchanged!: number;
  @Field(() => [SubjectImportError], { description: 'The first hundred.' }) errors!: SubjectImportError[];
  @Field(() => Int) errorCount!: number;
}

@ObjectType()
export class SubjectConnection {
  @Field(() => [Subject]) nodes!: Subject[];
  @Field(() => Int) totalCount!: number;
  @Field(() => String, { nullable: true }) endCursor!: string | null;
  @Field(() => Boolean) hasNextPage!: boolean;
}
