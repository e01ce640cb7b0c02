/** The first steps a new tenant has taken towards its first question. */
import { queryOptions } from '@tanstack/react-query';
import { query } from '../../shared/api/http.js';
import { graphql } from '../../shared/gql/generated/index.js';
import type { FirstStepsQuery } from '../../shared/gql/generated/graphql.js';

const FIRST_STEPS = graphql(`
  query FirstSteps($tenant: String!) {
    firstSteps(tenant: $tenant) {
      owner
      role
      tool
      cell
      assistant
      subject
      key
      question
    }
  }
`);

export type FirstSteps = FirstStepsQuery['firstSteps'];

export const firstStepsQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['first-steps', tenant],
    queryFn: ({ signal }) => query(FIRST_STEPS, { tenant }, signal).then(({ firstSteps }) => firstSteps),
  });
