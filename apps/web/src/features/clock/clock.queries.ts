/** The database's clock, whether it is believed, and the word of an administrator for it. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { query } from '../../shared/api/http.js';
import { graphql } from '../../shared/gql/generated/index.js';
import type { ClockAlarmQuery } from '../../shared/gql/generated/graphql.js';

const ALARM = graphql(`
  query ClockAlarm($tenant: String!) {
    clockAlarm {
      since
      database
      expected
    }
    tenantsAhead(tenant: $tenant) {
      slug
      lastRecordAt
      database
    }
  }
`);
const ACKNOWLEDGE = graphql(`
  mutation AcknowledgeClock($reason: String!) {
    acknowledgeClock(reason: $reason) {
      now
      tenants
    }
  }
`);

export type ClockAlarm = NonNullable<ClockAlarmQuery['clockAlarm']>;

export type TenantAhead = ClockAlarmQuery['tenantsAhead'][number];

const KEY = 'clock-alarm';
export const clockAlarmQuery = (tenant: string) =>
  queryOptions({
    queryKey: [KEY, tenant],
    queryFn: ({ signal }) => query(ALARM, { tenant }, signal),
    // No ledger moves while a clock is refused: nothing else says that it is.
    refetchInterval: 10_000,
    meta: { live: false },
  });

export function useAcknowledgeClock() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) =>
      query(ACKNOWLEDGE, { reason }).then(({ acknowledgeClock }) => acknowledgeClock),
    onSuccess: () => client.invalidateQueries({ queryKey: [KEY] }),
  });
}
