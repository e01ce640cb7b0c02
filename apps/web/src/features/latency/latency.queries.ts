/** How long nodes, models and tools took, in a range and in the one before it. */
import { queryOptions } from '@tanstack/react-query';
import { query } from '../../shared/api/http.js';
import { graphql } from '../../shared/gql/generated/index.js';
import type { LatencyQuery, LatencyRowsQuery } from '../../shared/gql/generated/graphql.js';
import { beforeOf } from '../../shared/url/before.js';
import type { TimeRange } from '../../shared/url/time-range.js';
import type { LatencyOf } from './latency.search.js';

const LATENCY = graphql(`
  query Latency(
    $tenant: String!
    $of: LatencyOf!
    $from: DateTime!
    $to: DateTime!
    $fromBefore: DateTime!
    $toBefore: DateTime!
  ) {
    now: latency(tenant: $tenant, of: $of, from: $from, to: $to) {
      tenant
      name
      count
      timed
      errors
      meanMs
      p50Ms
      p95Ms
      p99Ms
    }
    before: latency(tenant: $tenant, of: $of, from: $fromBefore, to: $toBefore) {
      tenant
      name
      count
      timed
      p95Ms
    }
  }
`);

const LATENCY_ROWS = graphql(`
  query LatencyRows($tenant: String!, $of: LatencyOf!, $from: DateTime!, $to: DateTime!) {
    rows: latency(tenant: $tenant, of: $of, from: $from, to: $to) {
      tenant
      name
      count
      p95Ms
      p99Ms
    }
  }
`);

/** The rows alone, without what they are held against. */
export const latencyRowsQuery = (tenant: string, of: LatencyOf, range: TimeRange) =>
  queryOptions({
    queryKey: ['latency', 'rows', tenant, of, range.key],
    // Spans are no records: the ledger does not say that some came.
    meta: { live: false },
    refetchInterval: 15_000,
    queryFn: ({ signal }) =>
      query(
        LATENCY_ROWS,
        { tenant, of, from: range.from.toISOString(), to: range.to.toISOString() },
        signal,
      ).then(({ rows }) => rows),
  });
export type ShortLatencyRow = LatencyRowsQuery['rows'][number];

export type LatencyRow = LatencyQuery['now'][number];
export type LatencyBefore = LatencyQuery['before'][number];

export const latencyQuery = (tenant: string, of: LatencyOf, range: TimeRange) => {
  const before = beforeOf(range);
  return queryOptions({
    queryKey: ['latency', tenant, of, range.key],
    queryFn: ({ signal }) =>
      query(
        LATENCY,
        {
          tenant,
          of,
          from: range.from.toISOString(),
          to: range.to.toISOString(),
          fromBefore: before.from,
          toBefore: before.to,
        },
        signal,
      ),
  });
};
