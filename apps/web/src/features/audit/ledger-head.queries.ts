/**
 * The head, how far the chain is proved, and taking note of what is gone. Apart from the log: the overview asks for it
 * too.
 */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { query } from '../../shared/api/http.js';
import { graphql } from '../../shared/gql/generated/index.js';
import type { LedgerHeadQuery } from '../../shared/gql/generated/graphql.js';

const HEAD = graphql(`
  query LedgerHead($tenant: String!) {
    ledgerHead(tenant: $tenant) {
      seq
      hash
      state
      wholeAt
      checkingSeq
      lost
      verifiedSeq
      verifiedAt
      broken
    }
  }
`);

const ACKNOWLEDGE_LOSS = graphql(`
  mutation AcknowledgeLostRecords($tenant: String!, $reason: String!) {
    acknowledgeLostRecords(tenant: $tenant, reason: $reason)
  }
`);

export type LedgerHead = LedgerHeadQuery['ledgerHead'];

export const ledgerHeadQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['ledger-head', tenant],
    queryFn: ({ signal }) => query(HEAD, { tenant }, signal).then(({ ledgerHead }) => ledgerHead),
    refetchInterval: 30_000,
  });

export function useAcknowledgeLoss(tenant: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) => query(ACKNOWLEDGE_LOSS, { tenant, reason }),
    onSuccess: () => client.invalidateQueries({ queryKey: ledgerHeadQuery(tenant).queryKey }),
  });
}
