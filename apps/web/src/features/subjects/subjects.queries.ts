import type { VariablesOf } from '@graphql-typed-document-node/core';
import { queryOptions, useMutation } from '@tanstack/react-query';
import { query } from '../../shared/api/http.js';
import { graphql } from '../../shared/gql/generated/index.js';
import { recordsQuery } from '../../shared/records/use-records.js';
import type { SubjectsQuery } from '../../shared/gql/generated/graphql.js';

const PAGE = graphql(`
  query Subjects($tenant: String!, $search: String, $after: String) {
    subjects(tenant: $tenant, search: $search, first: 100, after: $after) {
      totalCount
      endCursor
      hasNextPage
      nodes {
        type
        id
        roles
        grants
        attributes
        version
        updatedAt
      }
    }
  }
`);
const CHOICES = graphql(`
  query SubjectChoices($tenant: String!) {
    policy(tenant: $tenant) {
      roles {
        name
        title
        description
      }
      tools {
        name
        class
      }
    }
  }
`);
const BIND = graphql(`
  mutation BindSubject(
    $tenant: String!
    $type: String!
    $id: String!
    $roles: [String!]!
    $grants: JSON
    $expectedVersion: Int!
    $reason: String!
  ) {
    bindSubject(
      tenant: $tenant
      type: $type
      id: $id
      roles: $roles
      grants: $grants
      expectedVersion: $expectedVersion
      reason: $reason
    ) {
      type
      id
      version
    }
  }
`);
const UNBIND = graphql(`
  mutation UnbindSubject(
    $tenant: String!
    $type: String!
    $id: String!
    $expectedVersion: Int!
    $reason: String!
  ) {
    unbindSubject(tenant: $tenant, type: $type, id: $id, expectedVersion: $expectedVersion, reason: $reason)
  }
`);

const SET_ATTRIBUTES = graphql(`
  mutation SetSubjectAttributes(
    $tenant: String!
    $type: String!
    $id: String!
    $attributes: JSON!
    $expectedVersion: Int!
    $reason: String!
  ) {
    setSubjectAttributes(
      tenant: $tenant
      type: $type
      id: $id
      attributes: $attributes
      expectedVersion: $expectedVersion
      reason: $reason
    ) {
      type
      id
      version
    }
  }
`);
const IMPORT_PREVIEW = graphql(`
  query SubjectImportPreview($tenant: String!, $format: String!, $text: JSON!) {
    subjectImportPreview(tenant: $tenant, format: $format, text: $text) {
      created
      changed
      unchanged
      errorCount
      errors {
        line
        message
      }
    }
  }
`);
const IMPORT = graphql(`
  mutation ImportSubjects($tenant: String!, $format: String!, $text: JSON!, $reason: String!) {
    importSubjects(tenant: $tenant, format: $format, text: $text, reason: $reason) {
      created
      changed
    }
  }
`);

export type ImportFormat = 'csv' | 'ndjson';
export type Subject = SubjectsQuery['subjects']['nodes'][number];
export type Grants = Readonly<Record<string, 'allow' | 'deny'>>;

export const grantsOf = ({ grants }: Pick<Subject, 'grants'>): Grants => (grants ?? {}) as Grants;

/** `allow a, deny b` */
export const grantWords = (subject: Pick<Subject, 'grants'>): string =>
  Object.entries(grantsOf(subject))
    .map(([tool, effect]) => `${effect} ${tool}`)
    .join(', ');

/** Few change, and who comes back to the page sees them. */
export const subjectsQuery = (tenant: string, search: string | undefined) => ({
  ...recordsQuery(['subjects', tenant, search], (after, signal) =>
    query(PAGE, { tenant, search: search ?? null, after }, signal).then(({ subjects }) => subjects),
  ),
  staleTime: 0,
});

export const subjectChoicesQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['subject-choices', tenant],
    queryFn: ({ signal }) => query(CHOICES, { tenant }, signal).then(({ policy }) => policy),
  });

export const useBind = () =>
  useMutation({
    mutationFn: (variables: VariablesOf<typeof BIND>) =>
      query(BIND, variables).then(({ bindSubject }) => bindSubject),
  });
export const useUnbind = () =>
  useMutation({ mutationFn: (variables: VariablesOf<typeof UNBIND>) => query(UNBIND, variables) });

export const useSetAttributes = () =>
  useMutation({
    mutationFn: (variables: VariablesOf<typeof SET_ATTRIBUTES>) =>
      query(SET_ATTRIBUTES, variables).then(({ setSubjectAttributes }) => setSubjectAttributes),
  });
export const useImport = () =>
  useMutation({
    mutationFn: (variables: VariablesOf<typeof IMPORT>) =>
      query(IMPORT, variables).then(({ importSubjects }) => importSubjects),
  });
export const importPreviewQuery = (tenant: string, format: ImportFormat, text: string) =>
  queryOptions({
    queryKey: ['subject-import', tenant, format, text],
    queryFn: ({ signal }) =>
      query(IMPORT_PREVIEW, { tenant, format, text }, signal).then(
        ({ subjectImportPreview }) => subjectImportPreview,
      ),
    staleTime: 0,
    gcTime: 0,
  });
