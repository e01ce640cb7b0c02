/** The policy, its revisions and the draft on the wire. Never optimistic: what is published is what the server said. */
import { inNaturalOrder, type KillSwitch, type PolicyDocument, type PolicyEdit } from '@reeve/policy';
import { queryOptions } from '@tanstack/react-query';
import { query } from '../api/http.js';
import { queryClient } from '../api/query-client.js';
import type { ToolStatsQuery } from '../gql/generated/graphql.js';
import { graphql } from '../gql/generated/index.js';

const POLICY = graphql(`
  query PolicyDocument($tenant: String!, $revision: Int) {
    policy(tenant: $tenant, revision: $revision) {
      revision
      digest
      publishedAt
      publishedBy
      reason
      document
    }
  }
`);
const DRAFT = graphql(`
  query PolicyDraft($tenant: String!) {
    policyDraft(tenant: $tenant) {
      baseRevision
      edits
      updatedAt
      version
    }
  }
`);
const SAVE = graphql(`
  mutation SavePolicyDraft($tenant: String!, $baseRevision: Int!, $edits: [JSON!]!, $expectedVersion: Int!) {
    savePolicyDraft(
      tenant: $tenant
      baseRevision: $baseRevision
      edits: $edits
      expectedVersion: $expectedVersion
    ) {
      version
    }
  }
`);
const DISCARD = graphql(`
  mutation DiscardPolicyDraft($tenant: String!, $expectedVersion: Int!) {
    discardPolicyDraft(tenant: $tenant, expectedVersion: $expectedVersion)
  }
`);
const PUBLISH = graphql(`
  mutation PublishPolicy($tenant: String!, $edits: [JSON!]!, $expectedRevision: Int!, $reason: String!) {
    publishPolicy(tenant: $tenant, edits: $edits, expectedRevision: $expectedRevision, reason: $reason) {
      revision
      digest
      publishedAt
      publishedBy
      reason
      document
    }
  }
`);
const ROLLBACK = graphql(`
  mutation RollbackPolicy($tenant: String!, $toRevision: Int!, $expectedRevision: Int!, $reason: String!) {
    rollbackPolicy(
      tenant: $tenant
      toRevision: $toRevision
      expectedRevision: $expectedRevision
      reason: $reason
    ) {
      revision
    }
  }
`);
const REVISIONS = graphql(`
  query PolicyRevisions($tenant: String!, $first: Int) {
    policyRevisions(tenant: $tenant, first: $first) {
      revision
      digest
      publishedAt
      publishedBy
      reason
    }
  }
`);
const REVIEW = graphql(`
  query PolicyReview($tenant: String!, $edits: [JSON!], $toRevision: Int) {
    policyReview(tenant: $tenant, edits: $edits, toRevision: $toRevision) {
      ended {
        kind
        name
        count
        holders
      }
    }
  }
`);
const TOOL_STATS = graphql(`
  query ToolStats($tenant: String!, $from: DateTime!, $known: Boolean!, $first: Int!, $after: String) {
    toolStats(tenant: $tenant, from: $from, known: $known, first: $first, after: $after) {
      nodes {
        tool
        calls
        allowed
        asked
        denied
        lastCalledAt
      }
      endCursor
      hasNextPage
    }
  }
`);

const STOPS = graphql(`
  query StopsInForce($tenant: String!) {
    killSwitches(tenant: $tenant, inForce: true) {
      id
      scope
      target
      mode
      reason
    }
  }
`);
const CALLS = graphql(`
  query CallsOfTool($tenant: String!, $filter: EvaluationFilter) {
    evaluations(tenant: $tenant, filter: $filter, first: 50) {
      nodes {
        id
        at
        subjectType
        subjectId
        subjectRef
        assistant
        channel
        runId
        threadId
        arguments
        trail {
          stage
          effect
          detail
        }
      }
    }
  }
`);

export interface Revision {
  readonly revision: number;
  readonly digest: string;
  readonly publishedAt: string;
  readonly publishedBy: string;
  readonly reason: string;
  readonly document: PolicyDocument;
}

export interface SavedDraft {
  readonly baseRevision: number;
  readonly edits: readonly PolicyEdit[];
  readonly version: number;
}

/** A revision never changes; which one is current does. */
export const policyQuery = (tenant: string, revision?: number) =>
  queryOptions({
    queryKey: ['policy', tenant, revision ?? 'current'],
    queryFn: ({ signal }) => fetchPolicy(tenant, revision, signal),
    ...(revision === undefined ? {} : { staleTime: Infinity, meta: { live: false } }),
  });

const readable = (revision: Revision): Revision => ({
  ...revision,
  document: inNaturalOrder(revision.document),
});

async function fetchPolicy(tenant: string, revision?: number, signal?: AbortSignal): Promise<Revision> {
  const { policy } = await query(POLICY, { tenant, revision: revision ?? null }, signal);
  return readable(policy as Revision);
}

export async function fetchDraft(tenant: string): Promise<SavedDraft | null> {
  const { policyDraft } = await query(DRAFT, { tenant });
  return (policyDraft as SavedDraft | null | undefined) ?? null;
}

export async function saveDraft(
  tenant: string,
  baseRevision: number,
  edits: readonly PolicyEdit[],
  expectedVersion: number,
): Promise<number> {
  const variables = { tenant, baseRevision, edits: [...edits], expectedVersion };
  return (await query(SAVE, variables)).savePolicyDraft.version;
}

export const discardDraft = (tenant: string, expectedVersion: number) =>
  query(DISCARD, { tenant, expectedVersion });

export async function publishPolicy(
  tenant: string,
  edits: readonly PolicyEdit[],
  expectedRevision: number,
  reason: string,
): Promise<Revision> {
  const { publishPolicy: published } = await query(PUBLISH, {
    tenant,
    edits: [...edits],
    expectedRevision,
    reason,
  });
  const revision = readable(published as Revision);
  queryClient.setQueryData(policyQuery(tenant).queryKey, revision);
  void queryClient.invalidateQueries({ queryKey: ['policy-revisions', tenant] });
  return revision;
}

export async function rollbackPolicy(
  tenant: string,
  toRevision: number,
  expectedRevision: number,
  reason: string,
): Promise<number> {
  const { rollbackPolicy: made } = await query(ROLLBACK, { tenant, toRevision, expectedRevision, reason });
  await queryClient.invalidateQueries({ queryKey: ['policy', tenant, 'current'] });
  void queryClient.invalidateQueries({ queryKey: ['policy-revisions', tenant] });
  return made.revision;
}

export const revisionsQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['policy-revisions', tenant],
    queryFn: ({ signal }) =>
      query(REVISIONS, { tenant, first: 100 }, signal).then(({ policyRevisions }) => policyRevisions),
  });

/** The thing that is looked at: edits of a draft, or the way back to a revision. */
export type Reviewed = { readonly edits: readonly PolicyEdit[] } | { readonly toRevision: number };

/** Bindings that go with it: the one part of a review that only the API can know. */
export const policyReviewQuery = (tenant: string, of: Reviewed) =>
  queryOptions({
    queryKey: ['policy-review', tenant, of],
    queryFn: ({ signal }) => {
      const variables =
        'edits' in of
          ? { tenant, edits: [...of.edits], toRevision: null }
          : { tenant, edits: null, toRevision: of.toRevision };
      return query(REVIEW, variables, signal).then(({ policyReview }) => policyReview.ended);
    },
  });

/** Global ones included. */
export const stopsInForceQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['stops-in-force', tenant],
    queryFn: ({ signal }) =>
      query(STOPS, { tenant }, signal).then(({ killSwitches }) => killSwitches as KillSwitch[]),
  });

/** The last calls of a tool, to try a condition on. Arguments are null where the member may not read them. */
export const callsOfToolQuery = (tenant: string, tool: string) =>
  queryOptions({
    queryKey: ['calls-of-tool', tenant, tool],
    queryFn: ({ signal }) =>
      query(CALLS, { tenant, filter: { tool: [tool] } }, signal).then(({ evaluations }) => evaluations.nodes),
  });

const WEEK_MS = 7 * 86_400_000;
const HOUR_MS = 3_600_000;

/** On the hour, so that it is one query for everybody who looks. */
const weekAgo = (): string => new Date(Math.floor((Date.now() - WEEK_MS) / HOUR_MS) * HOUR_MS).toISOString();

/** Counts of how often each tool of the policy was asked for in the past seven days, by name. */
export const toolStatsQuery = (tenant: string) => {
  const from = weekAgo();
  return queryOptions({
    queryKey: ['tool-stats', tenant, from],
    queryFn: async ({ signal }) => {
      const stats = new Map<string, ToolStats>();
      let page: ToolStatsQuery['toolStats'] | undefined;
      do {
        const after: string | null = page?.endCursor ?? null;
        const variables = { tenant, from, known: true, first: STATS_PAGE, after };
        page = (await query(TOOL_STATS, variables, signal)).toolStats;
        for (const one of page.nodes) stats.set(one.tool, one);
      } while (page.hasNextPage);
      return stats;
    },
    staleTime: 30_000,
    structuralSharing: false,
  });
};

/** The names most asked for that no tool of the policy has. Agents made them up, so there is no end of them. */
export const unknownToolsQuery = (tenant: string) => {
  const from = weekAgo();
  return queryOptions({
    queryKey: ['unknown-tools', tenant, from],
    queryFn: ({ signal }) =>
      query(TOOL_STATS, { tenant, from, known: false, first: UNKNOWN_SHOWN, after: null }, signal).then(
        ({ toolStats }) => toolStats,
      ),
    staleTime: 30_000,
  });
};

const STATS_PAGE = 200;
const UNKNOWN_SHOWN = 20;
type ToolStats = ToolStatsQuery['toolStats']['nodes'][number];
