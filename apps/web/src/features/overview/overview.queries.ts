/** One round trip for the whole page; the charts are drawn from it. */
import { queryOptions } from '@tanstack/react-query';
import { query } from '../../shared/api/http.js';
import { graphql } from '../../shared/gql/generated/index.js';
import type { OverviewQuery } from '../../shared/gql/generated/graphql.js';
import type { TimeRange } from '../../shared/url/time-range.js';

const OVERVIEW = graphql(`
  query Overview($tenant: String!, $from: DateTime!, $to: DateTime!) {
    overview(tenant: $tenant, from: $from, to: $to) {
      from
      to
      bucketSeconds
      totals {
        evaluations
        allow
        confirm
        approve
        replay
        deny
      }
      previous {
        evaluations
        allow
        confirm
        approve
        replay
        deny
      }
      series {
        at
        allow
        confirm
        approve
        replay
        deny
      }
      denials {
        tool
        tenant
        count
        evaluations
      }
      reasons {
        reason
        count
      }
      changes {
        tenant
        seq
        at
        actor
        action
        target
        reason
      }
      inForce {
        id
        scope
        target
        mode
        engagedBy
        engagedAt
        reason
        tenant
        refused
      }
      outcomes {
        reported
        succeeded
        failed
        notExecuted
        drifted
        missing
        ungoverned
      }
    }
  }
`);

const ACTIVITY = graphql(`
  query Activity($tenant: String!) {
    activity(tenant: $tenant) {
      first
      last
    }
  }
`);

/** Read once a visit: the range fits what there was when one came. */
export const activityQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['activity', tenant],
    queryFn: ({ signal }) => query(ACTIVITY, { tenant }, signal).then(({ activity }) => activity),
    staleTime: Infinity,
    meta: { live: false },
  });

export type Overview = OverviewQuery['overview'];

export const overviewQuery = (tenant: string, range: TimeRange) => {
  const from = range.from.toISOString();
  const to = range.to.toISOString();
  // A moving range is one query whose answer moves, so that the old figures stay on screen while it is read again.
  return queryOptions({
    queryKey: ['overview', tenant, range.key],
    queryFn: ({ signal }) => query(OVERVIEW, { tenant, from, to }, signal).then(({ overview }) => overview),
  });
};
