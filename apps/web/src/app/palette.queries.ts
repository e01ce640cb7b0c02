/** The palette's finds beside its commands: objects of the tenant by name. */
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
