import { DomainError } from './errors.js';

/** A change names the version it saw; a stale one is a conflict, never an overwrite. */
export function requireVersion(
  current: { readonly version: number },
  expected: number,
  details: Record<string, unknown> = {},
): void {
  if (current.version === expected) return;
  throw new DomainError('conflict', 'Somebody changed this in the meantime. Look again, then decide.', {
    details: { expectedVersion: expected, currentVersion: current.version, ...details },
  });
}
