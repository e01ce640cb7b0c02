import type { VariablesOf } from '@graphql-typed-document-node/core';
import { queryOptions, useMutation } from '@tanstack/react-query';
import { query } from '../../shared/api/http.js';
import { graphql } from '../../shared/gql/generated/index.js';
import type { AdministratorsQuery } from '../../shared/gql/generated/graphql.js';

const LIST = graphql(`
  query Administrators {
    platformAdministrators {
      id
      email
      name
      state
      version
      createdAt
    }
  }
`);
const ADD = graphql(`
  mutation AddPlatformAdministrator($email: String!, $name: String!, $reason: String!) {
    addPlatformAdministrator(email: $email, name: $name, reason: $reason) {
      link {
        url
        expiresAt
      }
    }
  }
`);
const NEW_LINK = graphql(`
  mutation NewPlatformAdministratorLink($id: ID!, $expectedVersion: Int!, $reason: String!) {
    newPlatformAdministratorLink(id: $id, expectedVersion: $expectedVersion, reason: $reason) {
      link {
        url
        expiresAt
      }
    }
  }
`);
const REMOVE = graphql(`
  mutation RemovePlatformAdministrator($id: ID!, $expectedVersion: Int!, $reason: String!) {
    removePlatformAdministrator(id: $id, expectedVersion: $expectedVersion, reason: $reason)
  }
`);

export type Administrator = AdministratorsQuery['platformAdministrators'][number];

export const administratorsQuery = queryOptions({
  queryKey: ['administrators'],
  queryFn: ({ signal }) => query(LIST, {}, signal).then((answer) => answer.platformAdministrators),
});

export const useAddAdministrator = () =>
  useMutation({
    mutationFn: (variables: VariablesOf<typeof ADD>) =>
      query(ADD, variables).then((answer) => answer.addPlatformAdministrator.link),
  });
export const useNewAdministratorLink = () =>
  useMutation({
    mutationFn: (variables: VariablesOf<typeof NEW_LINK>) =>
      query(NEW_LINK, variables).then((answer) => answer.newPlatformAdministratorLink.link),
  });
export const useRemoveAdministrator = () =>
  useMutation({ mutationFn: (variables: VariablesOf<typeof REMOVE>) => query(REMOVE, variables) });
