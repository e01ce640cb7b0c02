/** Stops in force, what one would touch, stopping and lifting. Never optimistic: success is what the server said. */
import { PLATFORM_SLUG } from '@reeve/policy/roles';
import type { VariablesOf } from '@graphql-typed-document-node/core';
import { queryOptions, useMutation, useQueries } from '@tanstack/react-query';
import { query } from '../../shared/api/http.js';
import { ALL, slugsIn, useSession } from '../../shared/api/session.js';
import { graphql } from '../../shared/gql/generated/index.js';
import type { KillSwitchesQuery, KillScope } from '../../shared/gql/generated/graphql.js';

const LIST = graphql(`
  query KillSwitches($tenant: String!, $inForce: Boolean) {
    killSwitches(tenant: $tenant, inForce: $inForce) {
      id
      tenant
      scope
      target
      mode
      reason
      engagedBy
      engagedAt
      engagedSeq
      liftProposedBy
      liftProposedAt
      liftedBy
      liftedAt
      liftReason
      needsSecondPerson
      liftRule
      lifters
      liftableAt
      refused
      version
    }
  }
`);
const IMPACT = graphql(`
  query KillSwitchImpact($tenant: String!, $scope: KillScope!, $target: String) {
    killSwitchImpact(tenant: $tenant, scope: $scope, target: $target) {
      assistants
      callsPerMinute
      allowedLastHour
    }
  }
`);
const TERMS = graphql(`
  query LiftTerms($tenant: String!, $scope: KillScope!) {
    liftTerms(tenant: $tenant, scope: $scope) {
      rule
      people
    }
  }
`);
const TARGETS = graphql(`
  query StopTargets($tenant: String!) {
    policy(tenant: $tenant) {
      tools {
        name
        class
      }
      assistants {
        name
        title
      }
    }
  }
`);
const ENGAGE = graphql(`
  mutation EngageKillSwitch(
    $tenant: String!
    $scope: KillScope!
    $target: String
    $mode: KillMode!
    $reason: String!
    $confirm: String
  ) {
    engageKillSwitch(
      tenant: $tenant
      scope: $scope
      target: $target
      mode: $mode
      reason: $reason
      confirm: $confirm
    ) {
      id
      engagedSeq
      engagedAt
    }
  }
`);
const LIFT = graphql(`
  mutation LiftKillSwitch(
    $tenant: String!
    $id: ID!
    $expectedVersion: Int!
    $confirm: String!
    $reason: String!
  ) {
    liftKillSwitch(
      tenant: $tenant
      id: $id
      expectedVersion: $expectedVersion
      confirm: $confirm
      reason: $reason
    ) {
      id
      liftedAt
      liftProposedBy
      liftRule
      liftableAt
    }
  }
`);

export type KillSwitch = KillSwitchesQuery['killSwitches'][number];

export const killSwitchesQuery = (tenant: string, inForce: boolean) =>
  queryOptions({
    queryKey: ['kill-switches', tenant, inForce],
    queryFn: ({ signal }) =>
      query(LIST, { tenant, inForce }, signal).then(({ killSwitches }) => killSwitches),
    staleTime: 1_000,
    // That nothing is stopped in another tenant says nothing of this one.
    placeholderData: undefined,
  });

export interface Stops {
  /** Of the tenants that answered; undefined while none has. */
  readonly data: readonly KillSwitch[] | undefined;
  /** Some tenant's stops are not known: that none are listed does not mean that there are none. */
  readonly unknown: boolean;
  readonly error: Error | null;
  /** Epoch ms of the oldest answer in `data`. */
  readonly at: number;
  readonly refetch: () => void;
}

/** One tenant's stops, or those of all: the API answers a tenant at a time. The platform's come with any tenant's. */
export function useKillSwitches(scope: string, inForce: boolean): Stops {
  const session = useSession();
  const ofPlatform = scope === PLATFORM_SLUG;
  const slugs = ofPlatform ? slugsIn(session, ALL).slice(0, 1) : slugsIn(session, scope);
  return useQueries({
    queries: slugs.map((slug) => killSwitchesQuery(slug, inForce)),
    combine: (answers) => ({
      data: answers.every(({ data }) => data === undefined)
        ? undefined
        : merged(answers.map(({ data }) => data)).filter((one) => !ofPlatform || one.scope === 'global'),
      unknown: answers.some(({ data }) => data === undefined),
      at: Math.min(...answers.map(({ dataUpdatedAt }) => dataUpdatedAt)),
      error: answers.find(({ error }) => error !== null)?.error ?? null,
      refetch: () => answers.forEach(({ refetch }) => void refetch()),
    }),
  });
}

export const impactQuery = (tenant: string, scope: KillScope, target: string) =>
  queryOptions({
    queryKey: ['kill-switch-impact', tenant, scope, target],
    queryFn: ({ signal }) =>
      query(IMPACT, { tenant, scope, target }, signal).then(({ killSwitchImpact }) => killSwitchImpact),
    placeholderData: undefined,
  });

export const liftTermsQuery = (tenant: string, scope: KillScope) =>
  queryOptions({
    queryKey: ['lift-terms', tenant, scope],
    queryFn: ({ signal }) => query(TERMS, { tenant, scope }, signal).then(({ liftTerms }) => liftTerms),
    placeholderData: undefined,
  });

export const stopTargetsQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['stop-targets', tenant],
    queryFn: ({ signal }) => query(TARGETS, { tenant }, signal).then(({ policy }) => policy),
    placeholderData: undefined,
  });

export const useEngage = () =>
  useMutation({
    mutationFn: (variables: VariablesOf<typeof ENGAGE>) =>
      query(ENGAGE, variables).then(({ engageKillSwitch }) => engageKillSwitch),
  });
export const useLift = () =>
  useMutation({
    mutationFn: (variables: VariablesOf<typeof LIFT>) =>
      query(LIFT, variables).then(({ liftKillSwitch }) => liftKillSwitch),
  });

const MODES = {
  stopped: 'everything stopped',
  answers_only: 'answers only',
  read_only: 'read only',
} as const;
export const modeWords = (mode: KillSwitch['mode']): string => MODES[mode];

const SCOPES = {
  global: 'every tenant',
  tenant: 'this tenant',
  assistant: 'assistant',
  tool: 'tool',
  tool_class: 'tool class',
} as const;
/** `inTenant` names the tenant, where the page does not. */
export const scopeWords = (
  { scope, target, tenant }: Pick<KillSwitch, 'scope' | 'target' | 'tenant'>,
  inTenant = false,
): string => {
  if (inTenant && scope === 'tenant') return `tenant ${tenant}`;
  const what = `${SCOPES[scope]}${target ? ` ${target}` : ''}`;
  return inTenant && scope !== 'global' ? `${what} in ${tenant}` : what;
};

/** Global stops come with every tenant's list, each with what it refused there: told once, refusals added up. */
export function merged(lists: readonly (readonly KillSwitch[] | undefined)[]): KillSwitch[] {
  const byId = new Map<string, KillSwitch>();
  for (const one of lists.flatMap((list) => list ?? [])) {
    const known = byId.get(one.id);
    byId.set(one.id, known === undefined ? one : { ...known, refused: known.refused + one.refused });
  }
  return [...byId.values()].toSorted((a, b) => Date.parse(b.engagedAt) - Date.parse(a.engagedAt));
}
