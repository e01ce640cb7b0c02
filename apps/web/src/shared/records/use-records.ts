/** A list read in pages: what was read stays as it was; more comes at the end, and what came since is only counted. */
import {
  infiniteQueryOptions,
  queryOptions,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
  type QueryKey,
} from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { readOf, type Read } from './list-state.js';

export interface RecordsPage<Row> {
  readonly nodes: readonly Row[];
  readonly totalCount: number;
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

/** Not live: rows never move under the pointer. */
export const recordsQuery = <Row>(
  queryKey: QueryKey,
  read: (after: string | null, signal: AbortSignal) => Promise<RecordsPage<Row>>,
) =>
  infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ hasNextPage, endCursor }) => (hasNextPage ? endCursor : null),
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    meta: { live: false },
  });

/** The newest that match, followed live; what is beyond a list's first row is new. */
export const newestQuery = (
  queryKey: QueryKey,
  moving: boolean,
  read: (signal: AbortSignal) => Promise<readonly { readonly seq: string }[]>,
) =>
  queryOptions({
    queryKey,
    queryFn: ({ signal }) => read(signal),
    // Those of another filter would be counted as new.
    placeholderData: () => undefined,
    enabled: moving,
  });

export interface Records<Row> extends Read {
  readonly rows: readonly Row[];
  /** All that match, read or not. */
  readonly total: number;
  readonly busy: boolean;
  readonly more: () => void;
  /** Reads from the newest again. */
  readonly restart: () => void;
}

export function useRecords<Row>(options: ReturnType<typeof recordsQuery<Row>>): Records<Row> {
  const client = useQueryClient();
  const list = useInfiniteQuery({ ...options, placeholderData: (was) => was });
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const rows = useMemo(() => data?.pages.flatMap(({ nodes }) => nodes) ?? [], [data]);
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return {
    rows,
    total: data?.pages[0]?.totalCount ?? 0,
    ...readOf(list),
    busy: isFetchingNextPage,
    more,
    restart: () => void client.resetQueries({ queryKey: options.queryKey }),
  };
}

/** The number of the newest beyond the first row of a list that has the newest first. */
export function useNewer(
  { rows, loaded }: Records<{ readonly seq: string }>,
  newest: ReturnType<typeof newestQuery>,
): number {
  const { data = [] } = useQuery(newest);
  const first = Number(rows[0]?.seq ?? 0);
  return loaded ? data.filter(({ seq }) => Number(seq) > first).length : 0;
}
