/** The use of the quotas right now, counted by the function that decides. */
import { queryOptions } from '@tanstack/react-query';
import { query } from '../../shared/api/http.js';
import { graphql } from '../../shared/gql/generated/index.js';
import type { QuotaUseQuery } from '../../shared/gql/generated/graphql.js';

const USE = graphql(`
  query QuotaUse($tenant: String!) {
    quotaUse(tenant: $tenant) {
      quota
      holder
      used
      limit
      remaining
      resetsAt
    }
  }
`);

export type QuotaUse = QuotaUseQuery['quotaUse'][number];

export const quotaUseQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['quota-use', tenant],
    queryFn: ({ signal }) => query(USE, { tenant }, signal).then(({ quotaUse }) => quotaUse),
    // A window empties without any record being written.
    refetchInterval: 10_000,
  });
