import { Field, ObjectType } from '@nestjs/graphql';
import { graphqlEnum } from '../infra/graphql/enums.js';
import { INTEGRITY_STATES, type IntegrityState } from './standing.js';

const IntegrityStateEnum = graphqlEnum('IntegrityState', INTEGRITY_STATES);

@ObjectType({
  description:
    "What the server last proved of this tenant's chain. The newest records are checked each minute, the whole of it within the hour.",
})
export class LedgerHead {
  @Field() seq!: string;
  @Field() hash!: string;
  @Field(() => IntegrityStateEnum) state!: IntegrityState;
  @Field({ description: 'Followed up to this record.' }) verifiedSeq!: string;
  @Field(() => Date, { nullable: true, description: 'When it was last followed.' }) verifiedAt!: Date | null;
  @Field(() => Date, { nullable: true, description: 'When a check of the whole last came to its end.' })
  wholeAt!: Date | null;
  @Field({ description: 'How far the check of the whole that is under way has come.' }) checkingSeq!: string;
  @Field(() => String, {
    nullable: true,
    description: 'Answered records that are not in the database any more: a sentence with both numbers.',
  })
  lost!: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'null while intact, else the sentence that says where it broke.',
  })
  broken!: string | null;
}
