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
      state
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
      link {
        url
        expiresAt
      }
    }
  }
`);
const NEW_LINK = graphql(`
  mutation NewMemberLink($tenant: String!, $memberId: ID!, $expectedVersion: Int!, $reason: String!) {
    newMemberLink(tenant: $tenant, memberId: $memberId, expectedVersion: $expectedVersion, reason: $reason) {
      link {
        url
        expiresAt
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
const SET_DISABLED = graphql(`
  mutation SetMemberDisabled(
    $tenant: String!
    $memberId: ID!
    $disabled: Boolean!
    $expectedVersion: Int!
    $reason: String!
  ) {
    setMemberDisabled(
      tenant: $tenant
      memberId: $memberId
      disabled: $disabled
      expectedVersion: $expectedVersion
      reason: $reason
    ) {
      id
      state
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
      query(ADD, variables).then(({ addMember }) => addMember.link),
  });
export const useNewLink = () =>
  useMutation({
    mutationFn: (variables: VariablesOf<typeof NEW_LINK>) =>
      query(NEW_LINK, variables).then(({ newMemberLink }) => newMemberLink.link),
  });
export const useSetRoles = () =>
  useMutation({
    mutationFn: (variables: VariablesOf<typeof SET_ROLES>) =>
      query(SET_ROLES, variables).then(({ setMemberRoles }) => setMemberRoles),
  });
export const useSetDisabled = () =>
  useMutation({
    mutationFn: (variables: VariablesOf<typeof SET_DISABLED>) =>
      query(SET_DISABLED, variables).then(({ setMemberDisabled }) => setMemberDisabled),
  });
export const useRemoveMember = () =>
  useMutation({ mutationFn: (variables: VariablesOf<typeof REMOVE>) => query(REMOVE, variables) });
