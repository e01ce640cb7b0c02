/** Edits that were not saved when the session ended, in this window until the same member opens the draft again. */
import { queryClient } from '../api/query-client.js';
import { sessionQuery } from '../api/session.js';
import type { SavedDraft } from './policy-draft.queries.js';

const keyOf = (tenant: string): string | null => {
  const session = queryClient.getQueryData(sessionQuery.queryKey);
  return session === undefined ? null : `reeve draft ${session.member.id} ${tenant}`;
};

export function keep(tenant: string, { baseRevision, edits, version }: SavedDraft): void {
  const key = keyOf(tenant);
  if (key !== null) sessionStorage.setItem(key, JSON.stringify({ baseRevision, edits, version }));
}

/** Given once. */
export function takeKept(tenant: string): SavedDraft | null {
  const key = keyOf(tenant);
  const text = key === null ? null : sessionStorage.getItem(key);
  if (key === null || text === null) return null;
  sessionStorage.removeItem(key);
  return JSON.parse(text) as SavedDraft;
}
