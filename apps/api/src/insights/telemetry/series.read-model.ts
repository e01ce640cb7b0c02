/** Which series a panel is about. Judges' and experiments' traces are no users' traffic. */
import { Prisma } from '@reeve/db';
import type { Range } from './range.js';
import { SERIES_DIMENSIONS, type SeriesDimension, type SeriesFilter } from './series-filter.js';

/** A column by its name in the schema: the list is closed. */
export const columnOf = (dimension: SeriesDimension): Prisma.Sql => Prisma.raw(`s."${dimension}"`);

export const seriesWhere = (tenantIds: readonly string[], filter: SeriesFilter): Prisma.Sql => {
  const wanted = SERIES_DIMENSIONS.flatMap((name) => {
    const value = filter[name];
    return value == null ? [] : [Prisma.sql`${columnOf(name)} = ${value}`];
  });
  return Prisma.join(
    [Prisma.sql`s.tenant_id = ANY (${[...tenantIds]}::uuid[])`, Prisma.sql`s.traffic = 'live'`, ...wanted],
    ' AND ',
  );
};

/** Rows of `rollup` or `latency_bin` as `r`, of the series `s` within the time. */
export const within = ({ grain, from, to }: Range): Prisma.Sql =>
  Prisma.sql`r.tenant_id = s.tenant_id AND r.series_id = s.id AND r.grain = ${grain} AND r.at >= ${from} AND r.at < ${to}`;

/** The sums of a spend, under the names that a row has in the code; money as text, in 1e-12 USD. */
export const SPEND = Prisma.sql`
  sum(r.calls)::bigint::float8 AS calls, sum(r.unpriced_calls)::bigint::float8 AS "unpricedCalls",
  sum(r.unpriced_tokens)::bigint::float8 AS "unpricedTokens",
  sum(r.input_uncached)::bigint::float8 AS "inputUncached", sum(r.input_cache_read)::bigint::float8 AS "inputCacheRead",
  sum(r.input_cache_write)::bigint::float8 AS "inputCacheWrite", sum(r.input_audio)::bigint::float8 AS "inputAudio",
  sum(r.output_text)::bigint::float8 AS "outputText", sum(r.output_reasoning)::bigint::float8 AS "outputReasoning",
  sum(r.output_audio)::bigint::float8 AS "outputAudio", (sum(r.cost_sent) + sum(r.cost_priced))::text AS cost`;
