/** What series can be told apart and chosen by. */
import { Field, InputType } from '@nestjs/graphql';
import { graphqlEnum } from '../../infra/graphql/enums.js';

export const SERIES_DIMENSIONS = [
  'assistant',
  'version',
  'node',
  'tool',
  'model',
  'provider',
  'route',
  'segment',
  'channel',
  'environment',
] as const;
export type SeriesDimension = (typeof SERIES_DIMENSIONS)[number];
export const SeriesDimensionEnum = graphqlEnum('SeriesDimension', SERIES_DIMENSIONS);

@InputType({ description: 'Each that is given has to be so. What was folded is called "(other)".' })
export class SeriesFilter {
  @Field(() => String, { nullable: true }) assistant?: string | null;
  @Field(() => String, { nullable: true }) version?: string | null;
  @Field(() => String, { nullable: true }) node?: string | null;
  @Field(() => String, { nullable: true }) tool?: string | null;
  @Field(() => String, { nullable: true }) model?: string | null;
  @Field(() => String, { nullable: true }) provider?: string | null;
  @Field(() => String, { nullable: true }) route?: string | null;
  @Field(() => String, { nullable: true }) segment?: string | null;
  @Field(() => String, { nullable: true }) channel?: string | null;
  @Field(() => String, { nullable: true }) environment?: string | null;
}
