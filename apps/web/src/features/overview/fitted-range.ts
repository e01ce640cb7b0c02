/** The range a first look begins with: short while there is little, long enough to show something. */
import { DEFAULT_RANGE } from '../../shared/url/time-range.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const RANGES = [
  ['15m', 15 * MINUTE],
  ['1h', HOUR],
  [DEFAULT_RANGE, 6 * HOUR],
  ['24h', DAY],
  ['7d', 7 * DAY],
  ['30d', 30 * DAY],
] as const;

/** `first` and `last`: when agents asked. All of a young history; of an old one the usual range, or the first that has any of it. */
export function fittedRange(first: string | null, last: string | null, now: number): string {
  if (first === null || last === null) return DEFAULT_RANGE;
  const [age, idle] = [now - Date.parse(first), now - Date.parse(last)];
  const wanted = age < 6 * HOUR ? age : Math.max(idle, 6 * HOUR);
  return RANGES.find(([, length]) => length >= wanted)?.[0] ?? '30d';
}
