/** Recorded evaluations: pages that stay as they were read, what came since, and one in full. */
import { queryOptions } from '@tanstack/react-query';
import { query } from '../../shared/api/http.js';
import { graphql } from '../../shared/gql/generated/index.js';
import type { EvaluationQuery, EvaluationsQuery } from '../../shared/gql/generated/graphql.js';
import { newestQuery, recordsQuery } from '../../shared/records/use-records.js';
import { rangeOf, type TimeSearch } from '../../shared/url/time-range.js';
import { evaluationFilter, type EvaluationFilters } from './evaluations.search.js';

const PAGE = graphql(`
  query Evaluations($tenant: String!, $filter: EvaluationFilter, $first: Int, $after: String) {
    evaluations(tenant: $tenant, filter: $filter, first: $first, after: $after) {
      endCursor
      hasNextPage
      totalCount
      nodes {
        id
        seq
        at
        effect
        reason
        tool
        assistant
        channel
        runId
        subjectId
        subjectType
        subjectRef
        detail
        outcome {
          id
          status
          argumentsMatch
        }
      }
    }
  }
`);
const NEWEST = graphql(`
  query NewestEvaluations($tenant: String!, $filter: EvaluationFilter) {
    evaluations(tenant: $tenant, filter: $filter, first: 100) {
      nodes {
        seq
      }
    }
  }
`);
const ONE = graphql(`
  query Evaluation($tenant: String!, $id: ID!) {
    evaluation(tenant: $tenant, id: $id) {
      id
      seq
      at
      effect
      reason
      action
      tool
      assistant
      channel
      runId
      threadId
      traceId
      spanId
      subjectRef
      subjectId
      subjectType
      mode
      policyRevision
      detail
      caller
      arguments
      trail {
        stage
        effect
        reason
        detail
      }
      outcome {
        id
        seq
        at
        status
        argumentsMatch
        detail
      }
    }
  }
`);
const RECORD = graphql(`
  query EvaluationRecord($tenant: String!, $seq: String!) {
    auditRecord(tenant: $tenant, seq: $seq) {
      seq
      hash
      keyId
      payload
    }
  }
`);
const CHOICES = graphql(`
  query EvaluationChoices($tenant: String!) {
    policy(tenant: $tenant) {
      revision
      tools {
        name
        class
      }
      assistants {
        name
        title
      }
    }
  }
`);

export type EvaluationRow = EvaluationsQuery['evaluations']['nodes'][number];
export type EvaluationInFull = EvaluationQuery['evaluation'];

const ROWS = 100;
const filterOf = (filters: EvaluationFilters, time: TimeSearch) =>
  evaluationFilter(filters, rangeOf(time, Date.now()));

export const evaluationsQuery = (tenant: string, filters: EvaluationFilters, time: TimeSearch) =>
  recordsQuery(['evaluations', tenant, filters, time], (after, signal) =>
    query(PAGE, { tenant, first: ROWS, after, filter: filterOf(filters, time) }, signal).then(
      ({ evaluations }) => evaluations,
    ),
  );

export const newestEvaluationsQuery = (tenant: string, filters: EvaluationFilters, time: TimeSearch) =>
  newestQuery(['evaluations-newest', tenant, filters, time], time.to === undefined, (signal) =>
    query(NEWEST, { tenant, filter: filterOf(filters, time) }, signal).then(
      ({ evaluations }) => evaluations.nodes,
    ),
  );

export const evaluationQuery = (tenant: string, id: string) =>
  queryOptions({
    queryKey: ['evaluation', tenant, id],
    queryFn: ({ signal }) => query(ONE, { tenant, id }, signal).then(({ evaluation }) => evaluation),
    placeholderData: undefined,
  });

/** The sealed record; it does not change. */
export const evaluationRecordQuery = (tenant: string, seq: string) =>
  queryOptions({
    queryKey: ['evaluation-record', tenant, seq],
    queryFn: ({ signal }) => query(RECORD, { tenant, seq }, signal).then(({ auditRecord }) => auditRecord),
    placeholderData: undefined,
    staleTime: Infinity,
    meta: { live: false },
  });

export const choicesQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['evaluation-choices', tenant],
    queryFn: ({ signal }) => query(CHOICES, { tenant }, signal).then(({ policy }) => policy),
    staleTime: 60_000,
  });
