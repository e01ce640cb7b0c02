/** Tokens and money, by one dimension and over time, and in the period before. */
import { queryOptions } from '@tanstack/react-query';
import { query } from '../../shared/api/http.js';
import { graphql } from '../../shared/gql/generated/index.js';
import type { SpendQuery, SpendRowsQuery } from '../../shared/gql/generated/graphql.js';
import { beforeOf } from '../../shared/url/before.js';
import type { TimeRange } from '../../shared/url/time-range.js';
import type { SpendBy } from './spend.search.js';

const SPEND = graphql(`
  query Spend(
    $tenant: String!
    $by: [SeriesDimension!]!
    $from: DateTime!
    $to: DateTime!
    $fromBefore: DateTime!
    $toBefore: DateTime!
  ) {
    rows: spend(tenant: $tenant, by: $by, from: $from, to: $to) {
      tenant
      keys
      calls
      costUsd
      unpricedCalls
      unpricedTokens
      inputUncached
      inputCacheRead
      inputCacheWrite
      inputAudio
      outputText
      outputReasoning
      outputAudio
    }
    before: spend(tenant: $tenant, by: [environment], from: $fromBefore, to: $toBefore) {
      costUsd
      unpricedCalls
    }
    series: spendOverTime(tenant: $tenant, from: $from, to: $to) {
      at
      calls
      costUsd
      unpricedCalls
      inputUncached
      inputCacheRead
      inputCacheWrite
      inputAudio
      outputText
      outputReasoning
      outputAudio
    }
  }
`);

const SPEND_ROWS = graphql(`
  query SpendRows($tenant: String!, $by: [SeriesDimension!]!, $from: DateTime!, $to: DateTime!) {
    rows: spend(tenant: $tenant, by: $by, from: $from, to: $to) {
      tenant
      keys
      calls
      costUsd
      unpricedCalls
      inputUncached
      inputCacheRead
      inputCacheWrite
      inputAudio
      outputText
      outputReasoning
      outputAudio
    }
  }
`);

/** The rows alone, without what they are held against. */
export const spendRowsQuery = (tenant: string, by: readonly SpendBy[], range: TimeRange) =>
  queryOptions({
    queryKey: ['spend', 'rows', tenant, ...by, range.key],
    // Spans are no records: the ledger does not say that some came.
    meta: { live: false },
    refetchInterval: 15_000,
    queryFn: ({ signal }) =>
      query(
        SPEND_ROWS,
        { tenant, by: [...by], from: range.from.toISOString(), to: range.to.toISOString() },
        signal,
      ).then(({ rows }) => rows),
  });
export type ShortSpendRow = SpendRowsQuery['rows'][number];

export type SpendAnswer = SpendQuery;
export type SpendRow = SpendQuery['rows'][number];
export type SpendBucket = SpendQuery['series'][number];

export const spendQuery = (tenant: string, by: SpendBy, range: TimeRange) => {
  const before = beforeOf(range);
  return queryOptions({
    queryKey: ['spend', tenant, by, range.key],
    queryFn: ({ signal }) =>
      query(
        SPEND,
        {
          tenant,
          by: [by],
          from: range.from.toISOString(),
          to: range.to.toISOString(),
          fromBefore: before.from,
          toBefore: before.to,
        },
        signal,
      ),
  });
};
