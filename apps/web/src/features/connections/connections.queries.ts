/** What sends telemetry, and the Langfuse projects that are read. */
import type { VariablesOf } from '@graphql-typed-document-node/core';
import { queryOptions, useMutation } from '@tanstack/react-query';
import { query } from '../../shared/api/http.js';
import type { ConnectionsQuery } from '../../shared/gql/generated/graphql.js';
import { graphql } from '../../shared/gql/generated/index.js';

const CONNECTIONS = graphql(`
  query Connections($tenant: String!) {
    langfuseConnections(tenant: $tenant) {
      id
      baseUrl
      publicKey
      hint
      projectName
      generation
      state
      error
      rows
      rejected
      scores
      watermark
      pulledAt
      createdAt
      version
      backfills {
        id
        from
        to
        state
        share
        rows
        rejected
        error
        createdAt
      }
    }
    receivers(tenant: $tenant) {
      receiver
      lastSeen
      perMinute
      accepted
      rejected
      rejections {
        reason
        count
        lastAt
        sample
      }
    }
  }
`);
const TEST = graphql(`
  mutation TestLangfuse($tenant: String!, $baseUrl: String!, $publicKey: String!, $secretKey: String!) {
    testLangfuse(tenant: $tenant, baseUrl: $baseUrl, publicKey: $publicKey, secretKey: $secretKey) {
      trouble
      message
      generation
      projectName
    }
  }
`);
const CONNECT = graphql(`
  mutation ConnectLangfuse(
    $tenant: String!
    $baseUrl: String!
    $publicKey: String!
    $secretKey: String!
    $reason: String!
  ) {
    connectLangfuse(
      tenant: $tenant
      baseUrl: $baseUrl
      publicKey: $publicKey
      secretKey: $secretKey
      reason: $reason
    ) {
      id
    }
  }
`);
const PAUSE = graphql(`
  mutation PauseLangfuse($tenant: String!, $id: ID!, $expectedVersion: Int!, $reason: String!) {
    pauseLangfuse(tenant: $tenant, id: $id, expectedVersion: $expectedVersion, reason: $reason) {
      version
    }
  }
`);
const RESUME = graphql(`
  mutation ResumeLangfuse($tenant: String!, $id: ID!, $expectedVersion: Int!, $reason: String!) {
    resumeLangfuse(tenant: $tenant, id: $id, expectedVersion: $expectedVersion, reason: $reason) {
      version
    }
  }
`);
const DISCONNECT = graphql(`
  mutation DisconnectLangfuse($tenant: String!, $id: ID!, $expectedVersion: Int!, $reason: String!) {
    disconnectLangfuse(tenant: $tenant, id: $id, expectedVersion: $expectedVersion, reason: $reason)
  }
`);
const BACKFILL = graphql(`
  mutation StartBackfill($tenant: String!, $connectionId: ID!, $from: DateTime!, $reason: String!) {
    startLangfuseBackfill(tenant: $tenant, connectionId: $connectionId, from: $from, reason: $reason) {
      id
    }
  }
`);
const PAUSE_BACKFILL = graphql(`
  mutation PauseBackfill($tenant: String!, $id: ID!, $reason: String!) {
    pauseLangfuseBackfill(tenant: $tenant, id: $id, reason: $reason) {
      id
    }
  }
`);
const RESUME_BACKFILL = graphql(`
  mutation ResumeBackfill($tenant: String!, $id: ID!, $reason: String!) {
    resumeLangfuseBackfill(tenant: $tenant, id: $id, reason: $reason) {
      id
    }
  }
`);
const CANCEL = graphql(`
  mutation CancelBackfill($tenant: String!, $id: ID!, $reason: String!) {
    cancelLangfuseBackfill(tenant: $tenant, id: $id, reason: $reason) {
      id
    }
  }
`);

export type Langfuse = ConnectionsQuery['langfuseConnections'][number];
export type Backfill = Langfuse['backfills'][number];
export type Receiver = ConnectionsQuery['receivers'][number];

const EVERY_MS = 5_000;

/** What comes in by them is no record: the ledger does not say that it moved. */
export const connectionsQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['connections', tenant],
    queryFn: ({ signal }) => query(CONNECTIONS, { tenant }, signal),
    refetchInterval: EVERY_MS,
    meta: { live: false },
  });

export const useTest = () =>
  useMutation({
    mutationFn: (variables: VariablesOf<typeof TEST>) =>
      query(TEST, variables).then(({ testLangfuse }) => testLangfuse),
  });
export const useConnect = () =>
  useMutation({ mutationFn: (variables: VariablesOf<typeof CONNECT>) => query(CONNECT, variables) });
export const usePause = () =>
  useMutation({ mutationFn: (variables: VariablesOf<typeof PAUSE>) => query(PAUSE, variables) });
export const useResume = () =>
  useMutation({ mutationFn: (variables: VariablesOf<typeof RESUME>) => query(RESUME, variables) });
export const useDisconnect = () =>
  useMutation({ mutationFn: (variables: VariablesOf<typeof DISCONNECT>) => query(DISCONNECT, variables) });
export const useBackfill = () =>
  useMutation({ mutationFn: (variables: VariablesOf<typeof BACKFILL>) => query(BACKFILL, variables) });
export const useCancelBackfill = () =>
  useMutation({ mutationFn: (variables: VariablesOf<typeof CANCEL>) => query(CANCEL, variables) });
export const usePauseBackfill = () =>
  useMutation({
    mutationFn: (variables: VariablesOf<typeof PAUSE_BACKFILL>) => query(PAUSE_BACKFILL, variables),
  });
export const useResumeBackfill = () =>
  useMutation({
    mutationFn: (variables: VariablesOf<typeof RESUME_BACKFILL>) => query(RESUME_BACKFILL, variables),
  });
