/** Whether the database's clock is believed, and the word of an administrator for it. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { query } from '../../shared/api/http.js';
import { graphql } from '../../shared/gql/generated/index.js';
import type { ClockAlarmQuery } from '../../shared/gql/generated/graphql.js';

const ALARM = graphql(`
  query ClockAlarm {
    clockAlarm {
      since
      database
      expected
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

export const clockAlarmQuery = queryOptions({
  queryKey: ['clock-alarm'],
  queryFn: ({ signal }) => query(ALARM, {}, signal).then(({ clockAlarm }) => clockAlarm),
  // No ledger moves while a clock is refused: nothing else says that it is.
  refetchInterval: 10_000,
  meta: { live: false },
});

export function useAcknowledgeClock() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) =>
      query(ACKNOWLEDGE, { reason }).then(({ acknowledgeClock }) => acknowledgeClock),
    onSuccess: () => client.invalidateQueries({ queryKey: clockAlarmQuery.queryKey }),
  });
}
