import type { VariablesOf } from '@graphql-typed-document-node/core';
import { queryOptions, useMutation } from '@tanstack/react-query';
import { query } from '../../shared/api/http.js';
import { graphql } from '../../shared/gql/generated/index.js';
import type { TenantsQuery } from '../../shared/gql/generated/graphql.js';

const LIST = graphql(`
  query Tenants {
    tenants {
      id
      slug
      name
      environment
      twoPersonLift
      version
      createdAt
    }
  }
`);
const CREATE = graphql(`
  mutation CreateTenant($slug: String!, $name: String!, $environment: String!, $reason: String!) {
    createTenant(slug: $slug, name: $name, environment: $environment, reason: $reason) {
      id
      slug
      name
    }
  }
`);
const UPDATE = graphql(`
  mutation UpdateTenant(
    $tenant: String!
    $name: String
    $environment: String
    $twoPersonLift: Boolean
    $expectedVersion: Int!
    $reason: String!
  ) {
    updateTenant(
      tenant: $tenant
      name: $name
      environment: $environment
      twoPersonLift: $twoPersonLift
      expectedVersion: $expectedVersion
      reason: $reason
    ) {
      id
      version
    }
  }
`);

export type Tenant = TenantsQuery['tenants'][number];
export const ENVIRONMENTS = ['development', 'staging', 'production'] as const;

export const tenantsQuery = queryOptions({
  queryKey: ['tenants'],
  queryFn: ({ signal }) => query(LIST, {}, signal).then(({ tenants }) => tenants),
});

export const useCreateTenant = () =>
  useMutation({
    mutationFn: (variables: VariablesOf<typeof CREATE>) =>
      query(CREATE, variables).then(({ createTenant }) => createTenant),
  });
export const useUpdateTenant = () =>
  useMutation({
    mutationFn: (variables: VariablesOf<typeof UPDATE>) =>
      query(UPDATE, variables).then(({ updateTenant }) => updateTenant),
  });
