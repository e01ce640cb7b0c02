import type { VariablesOf } from '@graphql-typed-document-node/core';
import { queryOptions, useMutation } from '@tanstack/react-query';
import { query } from '../../shared/api/http.js';
import { graphql } from '../../shared/gql/generated/index.js';
import type { ApiKeysQuery } from '../../shared/gql/generated/graphql.js';

const LIST = graphql(`
  query ApiKeys($tenant: String!) {
    apiKeys(tenant: $tenant) {
      id
      name
      kind
      hint
      assistants
      scopes
      roles
      effectiveRoles
      state
      createdBy
      createdAt
      lastUsedAt
      expiresAt
      revokedAt
      requestsPerSecond
      questionsPerSecond
      version
    }
  }
`);
const ASSISTANTS = graphql(`
  query KeyAssistants($tenant: String!) {
    policy(tenant: $tenant) {
      assistants {
        name
        title
      }
    }
  }
`);
const FIRST_QUESTION = graphql(`
  query FirstQuestion($tenant: String!, $assistants: [String!]!) {
    firstQuestion(tenant: $tenant, assistants: $assistants) {
      assistant
      tool
      subjectType
      subjectId
      arguments
    }
  }
`);
const CREATE = graphql(`
  mutation CreateApiKey(
    $tenant: String!
    $name: String!
    $kind: ApiKeyKind!
    $assistants: [String!]
    $scopes: [ApiKeyScope!]
    $roles: [AdminRole!]
    $expiresInDays: Int
    $reason: String!
  ) {
    createApiKey(
      tenant: $tenant
      name: $name
      kind: $kind
      assistants: $assistants
      scopes: $scopes
      roles: $roles
      expiresInDays: $expiresInDays
      reason: $reason
    ) {
      secret
      apiKey {
        id
        name
        kind
        assistants
      }
    }
  }
`);
const REVOKE = graphql(`
  mutation RevokeApiKey($tenant: String!, $id: ID!, $expectedVersion: Int!, $reason: String!) {
    revokeApiKey(tenant: $tenant, id: $id, expectedVersion: $expectedVersion, reason: $reason) {
      id
      revokedAt
    }
  }
`);

const LIMIT = graphql(`
  mutation LimitApiKey(
    $tenant: String!
    $id: ID!
    $requestsPerSecond: Int
    $questionsPerSecond: Int
    $expectedVersion: Int!
    $reason: String!
  ) {
    limitApiKey(
      tenant: $tenant
      id: $id
      requestsPerSecond: $requestsPerSecond
      questionsPerSecond: $questionsPerSecond
      expectedVersion: $expectedVersion
      reason: $reason
    ) {
      id
    }
  }
`);

export type ApiKey = ApiKeysQuery['apiKeys'][number];

export const apiKeysQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['api-keys', tenant],
    queryFn: ({ signal }) => query(LIST, { tenant }, signal).then(({ apiKeys }) => apiKeys),
  });
export const keyAssistantsQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['key-assistants', tenant],
    queryFn: ({ signal }) => query(ASSISTANTS, { tenant }, signal).then(({ policy }) => policy),
  });

/** One that the policy allows, for a key of these assistants; null when there is none. */
export const firstQuestionQuery = (tenant: string, assistants: readonly string[]) =>
  queryOptions({
    queryKey: ['first-question', tenant, assistants],
    queryFn: ({ signal }) =>
      query(FIRST_QUESTION, { tenant, assistants: [...assistants] }, signal).then(
        ({ firstQuestion }) => firstQuestion ?? null,
      ),
  });

export const useCreateKey = () =>
  useMutation({
    mutationFn: (variables: VariablesOf<typeof CREATE>) =>
      query(CREATE, variables).then(({ createApiKey }) => createApiKey),
  });
export const useRevokeKey = () =>
  useMutation({
    mutationFn: (variables: VariablesOf<typeof REVOKE>) =>
      query(REVOKE, variables).then(({ revokeApiKey }) => revokeApiKey),
  });
export const useLimitKey = () =>
  useMutation({
    mutationFn: (variables: VariablesOf<typeof LIMIT>) =>
      query(LIMIT, variables).then(({ limitApiKey }) => limitApiKey),
  });
