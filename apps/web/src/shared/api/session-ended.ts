/**
 * The session is gone: it ran out, or somebody ended it. What is shown would go on looking current, so the console
 * leaves for the sign-in, and comes back to this very view. Who has something that is not saved keeps it first.
 */
import { ApiError } from './api-error.js';

const keepers = new Set<() => void>();
let state: 'nobody' | 'signed in' | 'left' = 'nobody';

/** Somebody is signed in here. Before that, an answer without a session is the router's to act on. */
export const noteSession = (): void => {
  if (state === 'nobody') state = 'signed in';
};

/** Called once, before the console leaves. */
export function beforeLeaving(keep: () => void): () => void {
  keepers.add(keep);
  return () => keepers.delete(keep);
}

export const isSessionEnd = (error: unknown): boolean =>
  error instanceof ApiError && error.code === 'UNAUTHENTICATED';

/** A new document: nothing of who was here before stays in memory. */
export function leaveForSignIn(): void {
  const { pathname, search } = location;
  if (state !== 'signed in') return;
  state = 'left';
  keepers.forEach((keep) => keep());
  location.assign(`/sign-in?next=${encodeURIComponent(pathname + search)}`);
}
