/**
 * Whether pages lead anywhere. Rows come newest first, so a page that begins later than the one before it has ended goes
 * back, whatever its cursor is called: the server repeats itself. Pure; what it remembers is a row's `reached`.
 */
import type { Row, Window } from './langfuse-api.js';
import { LangfuseError } from './langfuse-error.js';

export interface Checked {
  readonly rows: readonly Row[];
  /** Rows that were not asked for. */
  readonly outside: number;
  /** The oldest time of the page; as before where it is empty. */
  readonly reached: Date | null;
}

/** Servers with rows of one millisecond that go round for ever have an end here. */
export const PAGES_MAX = 20_000;

/** `timeOf`: a row's time, NaN where it has none. Throws `goes_round` and `outside_window`. */
export function checked(
  rows: readonly Row[],
  { from, to }: Window,
  reached: Date | null,
  timeOf: (row: Row) => number,
): Checked {
  const times = rows.map(timeOf);
  const known = times.filter((time) => !Number.isNaN(time));
  const inside = rows.filter((_, i) => {
    const time = times[i]!;
    // One without a time is somebody else's to refuse.
    return Number.isNaN(time) || (time >= from.getTime() && time < to.getTime());
  });
  if (inside.length === 0 && rows.length > 0)
    throw new LangfuseError('outside_window', 'the server answers other times than it was asked for');
  const newest = known.reduce((a, b) => Math.max(a, b), -Infinity);
  if (reached !== null && newest > reached.getTime())
    throw new LangfuseError('goes_round', 'the server’s pages come again');
  const oldest = known.reduce((a, b) => Math.min(a, b), Infinity);
  return {
    rows: inside,
    outside: rows.length - inside.length,
    reached: Number.isFinite(oldest) ? new Date(oldest) : reached,
  };
}
