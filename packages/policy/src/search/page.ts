/**
 * A page of a search: what was found among so many candidates, and where the next one begins. What a page costs is
 * bounded by what is tried for it, however few of them are results.
 */

/** Candidates tried for one page, at the most. */
export const TRIED_MAX = 256;
const LIMIT_DEFAULT = 100;
/** Few are asked for where few are wanted, but not one by one: most may be denied. */
const TRIED_MIN = 16;

/** How many results a page may hold, and how many candidates are tried for it. */
export function triedFor(limit: number | undefined): { readonly limit: number; readonly tries: number } {
  const most = Math.min(limit ?? LIMIT_DEFAULT, TRIED_MAX);
  return { limit: most, tries: Math.min(TRIED_MAX, Math.max(TRIED_MIN, 2 * most)) };
}

export interface Found {
  readonly results: readonly string[];
  /** The candidate behind which the next page begins; null: this is the last one. */
  readonly next: string | null;
}

/** `tried`: candidates in order behind `after`, at most `tries` and one more, which only says that there are more. */
export function found(
  tried: readonly { readonly key: string; readonly allowed: boolean }[],
  { limit, tries }: { readonly limit: number; readonly tries: number },
  after: string,
): Found {
  // Who wants nothing gets nothing, and is where they were.
  if (limit === 0) return { results: [], next: tried.length === 0 ? null : after };
  const results: string[] = [];
  for (const [i, { key, allowed }] of tried.slice(0, tries).entries()) {
    if (allowed) results.push(key);
    if (results.length === limit && i + 1 < tried.length) return { results, next: key };
  }
  return { results, next: tried.length > tries ? tried[tries - 1]!.key : null };
}
