import type { VariablesOf } from '@graphql-typed-document-node/core';
import { queryOptions, useMutation } from '@tanstack/react-query';
import { query } from '../../shared/api/http.js';
import { graphql } from '../../shared/gql/generated/index.js';
import type { MembersQuery } from '../../shared/gql/generated/graphql.js';

const LIST = graphql(`
  query Members($tenant: String!) {
    members(tenant: $tenant) {
      id
      email
      name
      roles
      totpEnabled
      disabled
      pending
      version
      createdAt
    }
  }
`);
const ADD = graphql(`
  mutation AddMember(
    $tenant: String!
    $email: String!
    $name: String!
    $roles: [AdminRole!]!
    $reason: String!
  ) {
    addMember(tenant: $tenant, email: $email, name: $name, roles: $roles, reason: $reason) {
      setupUrl
      member {
        id
        name
      }
    }
  }
`);
const SET_ROLES = graphql(`
  mutation SetMemberRoles(
    $tenant: String!
    $memberId: ID!
    $roles: [AdminRole!]!
    $expectedVersion: Int!
    $reason: String!
  ) {
    setMemberRoles(
      tenant: $tenant
      memberId: $memberId
      roles: $roles
      expectedVersion: $expectedVersion
      reason: $reason
    ) {
      id
      roles
      version
    }
  }
`);
const REMOVE = graphql(`
  mutation RemoveMember($tenant: String!, $memberId: ID!, $expectedVersion: Int!, $reason: String!) {
    removeMember(tenant: $tenant, memberId: $memberId, expectedVersion: $expectedVersion, reason: $reason)
  }
`);

export type Member = MembersQuery['members'][number];

export const membersQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['members', tenant],
    queryFn: ({ signal }) => query(LIST, { tenant }, signal).then(({ members }) => members),
  });

/** After a refusal too: who lost a race has to see what won. */
export const useAddMember = () =>
  useMutation({
    mutationFn: (variables: VariablesOf<typeof ADD>) =>
      query(ADD, variables).then(({ addMember }) => addMember),
  });
export const useSetRoles = () =>
  useMutation({
    mutationFn: (variables: VariablesOf<typeof SET_ROLES>) =>
      query(SET_ROLES, variables).then(({ setMemberRoles }) => setMemberRoles),
  });
export const useRemoveMember = () =>
  useMutation({ mutationFn: (variables: VariablesOf<typeof REMOVE>) => query(REMOVE, variables) });
