import { Field, ObjectType } from '@nestjs/graphql';
import { NAMED_KINDS } from '@reeve/policy';
import { graphqlEnum } from '../infra/graphql/enums.js';

/** Everything that has a name or an id, in the order equal matches are listed. */
export const SEARCH_KINDS = [
  ...NAMED_KINDS,
  'member',
  'api_key',
  'subject',
  'run',
  'evaluation',
  'revision',
] as const;
export type SearchKind = (typeof SEARCH_KINDS)[number];
const SearchKindEnum = graphqlEnum('SearchKind', SEARCH_KINDS);

@ObjectType({ description: 'An object found by its name, best match first.' })
export class SearchHit {
  @Field(() => SearchKindEnum) kind!: SearchKind;
  @Field(() => String, { description: 'What the object is addressed by.' }) id!: string;
  @Field() name!: string;
  @Field(() => String, { nullable: true, description: 'A class, a state: what tells it from its like.' })
  detail!: string | null;
}
