import type { VariablesOf } from '@graphql-typed-document-node/core';
import { queryOptions, useMutation } from '@tanstack/react-query';
import { query } from '../../shared/api/http.js';
import type { ResourcesQuery } from '../../shared/gql/generated/graphql.js';
import { graphql } from '../../shared/gql/generated/index.js';
import { recordsQuery } from '../../shared/records/use-records.js';

const PAGE = graphql(`
  query Resources($tenant: String!, $type: String, $search: String, $after: String) {
    resources(tenant: $tenant, type: $type, search: $search, first: 100, after: $after) {
      totalCount
      endCursor
      hasNextPage
      nodes {
        type
        id
        properties
        version
        updatedAt
      }
    }
  }
`);
const TYPES = graphql(`
  query ResourceTypes($tenant: String!) {
    policy(tenant: $tenant) {
      resourceTypes {
        name
        title
        schema
      }
    }
  }
`);
const REGISTER = graphql(`
  mutation RegisterResource(
    $tenant: String!
    $type: String!
    $id: String!
    $properties: JSON!
    $expectedVersion: Int!
    $reason: String!
  ) {
    registerResource(
      tenant: $tenant
      type: $type
      id: $id
      properties: $properties
      expectedVersion: $expectedVersion
      reason: $reason
    ) {
      type
      id
      version
    }
  }
`);
const REMOVE = graphql(`
  mutation RemoveResource(
    $tenant: String!
    $type: String!
    $id: String!
    $expectedVersion: Int!
    $reason: String!
  ) {
    removeResource(tenant: $tenant, type: $type, id: $id, expectedVersion: $expectedVersion, reason: $reason)
  }
`);

export type Resource = ResourcesQuery['resources']['nodes'][number];

/** Few change, and who comes back to the page sees them. */
export const resourcesQuery = (tenant: string, type: string | undefined, search: string | undefined) => ({
  ...recordsQuery(['resources', tenant, type, search], (after, signal) =>
    query(PAGE, { tenant, type: type ?? null, search: search ?? null, after }, signal).then(
      ({ resources }) => resources,
    ),
  ),
  staleTime: 0,
});

/** The types that the published policy has. */
export const resourceTypesQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['resource-types', tenant],
    queryFn: ({ signal }) => query(TYPES, { tenant }, signal).then(({ policy }) => policy.resourceTypes),
  });

export const useRegister = () =>
  useMutation({
    mutationFn: (variables: VariablesOf<typeof REGISTER>) =>
      query(REGISTER, variables).then(({ registerResource }) => registerResource),
  });
export const useRemove = () =>
  useMutation({ mutationFn: (variables: VariablesOf<typeof REMOVE>) => query(REMOVE, variables) });
