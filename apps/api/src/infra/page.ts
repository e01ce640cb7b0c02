import { isStorable } from '@reeve/policy';
import { DomainError } from './errors.js';

export const PAGE_MAX = 200;

/** The number of rows a page may have: 1 to 200. */
export function pageSize(first: number): number {
  if (Number.isInteger(first) && first >= 1 && first <= PAGE_MAX) return first;
  throw new DomainError('invalid', `ask for 1 to ${PAGE_MAX} rows`, { path: 'first' });
}

/** A page of `size`, made of its rows and, where there are more, the one after them. */
export function pageOf<Row>(
  rows: readonly Row[],
  size: number,
  sortKey: (row: Row) => readonly (string | number)[],
): { nodes: Row[]; endCursor: string | null; hasNextPage: boolean } {
  const nodes = rows.slice(0, size);
  const last = nodes.at(-1);
  return {
    nodes,
    endCursor: last === undefined ? null : cursorOf(sortKey(last)),
    hasNextPage: rows.length > size,
  };
}

/** Opaque to clients: the sort key of the last row, which stays where it is while rows are added. */
const cursorOf = (key: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url');

/** Throws `invalid` for a cursor that we did not make. */
export function keyOf(cursor: string, length: number): string[] {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(key) && key.length === length && key.every((part) => isStorable(String(part))))
      return key.map(String);
  } catch {
    // Falls through: not ours.
  }
  throw new DomainError('invalid', 'this is no cursor of ours', { path: 'after' });
}
