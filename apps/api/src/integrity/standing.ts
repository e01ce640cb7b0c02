/** The standing of a ledger, from what was checked of it and when. Unknown is never said to be sound. */

const HOUR_MS = 3_600_000;
/** The newest records are checked each minute. */
const NEWEST_LATE_MS = 5 * 60_000;

export const INTEGRITY_STATES = ['unchecked', 'verified', 'stale', 'broken'] as const;
export type IntegrityState = (typeof INTEGRITY_STATES)[number];

export interface Checked {
  readonly provedAt: Date | null;
  readonly wholeAt: Date | null;
  readonly broken: string | null;
  readonly lost: string | null;
}

/**
 * `unchecked`: never yet from its first record to its last. `stale`: that was more than an hour ago, or the newest
 * records have not been checked for five minutes. `broken`: a fault stands, or records that were answered are gone.
 */
export function standingOf(checked: Checked | null, now: number): IntegrityState {
  if (checked === null) return 'unchecked';
  if (checked.broken !== null || checked.lost !== null) return 'broken';
  if (checked.wholeAt === null || checked.provedAt === null) return 'unchecked';
  const late = now - checked.wholeAt.getTime() > HOUR_MS || now - checked.provedAt.getTime() > NEWEST_LATE_MS;
  return late ? 'stale' : 'verified';
}
