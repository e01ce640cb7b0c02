/** The palette's finds beside its commands: objects of the tenant by name, and where each is looked at. */
import { queryOptions, skipToken } from '@tanstack/react-query';
import { query } from '../shared/api/http.js';
import { graphql } from '../shared/gql/generated/index.js';
import type { SearchQuery } from '../shared/gql/generated/graphql.js';

const SEARCH = graphql(`
  query Search($tenant: String!, $text: String!) {
    search(tenant: $tenant, text: $text) {
      kind
      id
      name
      detail
    }
  }
`);

export type Hit = SearchQuery['search'][number];

export const searchQuery = (tenant: string | null, text: string) =>
  queryOptions({
    queryKey: ['search', tenant, text],
    queryFn:
      tenant === null || text === ''
        ? skipToken
        : ({ signal }) => query(SEARCH, { tenant, text }, signal).then(({ search }) => search),
    staleTime: 10_000,
    meta: { live: false },
    // Those of another text would be taken for this one's by whoever presses Enter.
    placeholderData: undefined,
  });

/** The page that shows it, with it in view. */
export function placeOf(scope: string, { kind, id }: Hit) {
  const params = { scope };
  switch (kind) {
    case 'tool':
      return { to: '/$scope/tools', params, search: { tool: id } } as const;
    case 'resourceType':
      return { to: '/$scope/permissions', params, search: { tab: 'types' } } as const;
    case 'role':
      return { to: '/$scope/permissions', params, search: { tab: 'roles' } } as const;
    case 'assistant':
      return { to: '/$scope/permissions', params, search: { tab: 'assistants' } } as const;
    case 'guardrail':
      return { to: '/$scope/permissions', params, search: { tab: 'guardrails' } } as const;
    case 'revision':
      return {
        to: '/$scope/permissions',
        params,
        search: { tab: 'history', base: Math.max(0, Number(id) - 1), vs: Number(id) },
      } as const;
    case 'quota':
      return { to: '/$scope/quotas', params, search: { q: id } } as const;
    case 'member':
      return { to: '/$scope/settings/members', params } as const;
    case 'api_key':
      return { to: '/$scope/settings/keys', params } as const;
    case 'subject':
      return { to: '/$scope/settings/subjects', params, search: { q: id } } as const;
    case 'run':
      return { to: '/$scope/evaluations', params, search: { run: id, t: '30d' } } as const;
    case 'evaluation':
      return { to: '/$scope/evaluations', params, search: { peek: id } } as const;
  }
}
