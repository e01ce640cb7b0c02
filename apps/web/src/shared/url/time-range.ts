/**
 * The time range as the URL keeps it: `t=6h` slides with now, `from=` grows, `from=&to=` is fixed; `tz` is the zone it
 * is read and shown in. What people type is time-grammar.ts.
 */
import * as z from 'zod/mini';
import { dayTime, fullDay } from '../format.js';
import { lenient, text } from './many.js';
import { lengthOf, SLIDING } from './sliding.js';
import { civilOf, zoneOf } from './zoned.js';

export const DEFAULT_RANGE = '6h';
const MINUTE = 60_000;
const DAY = 86_400_000;

export const timeSearch = z.object({
  t: lenient(z.string().check(z.regex(SLIDING))),
  from: lenient(z.iso.datetime({ offset: true })),
  to: lenient(z.iso.datetime({ offset: true })),
  tz: lenient(text(64).check(z.refine((name) => zoneOf(name) !== undefined))),
});
export type TimeSearch = z.infer<typeof timeSearch>;

export interface TimeRange {
  readonly from: Date;
  readonly to: Date;
  /** Its end is now. */
  readonly moving: boolean;
  /** The same while it is the same range, however it moves. */
  readonly key: string;
  /** The length, when it slides. */
  readonly sliding: string | null;
}

/** `now` is rounded up to 10 s for moving ranges, so that equal ranges are equal query keys. */
export function rangeOf({ t, from, to }: TimeSearch, now: number): TimeRange {
  const end = new Date(Math.ceil(now / 10_000) * 10_000);
  if (from === undefined) {
    const sliding = t ?? DEFAULT_RANGE;
    const start = new Date(end.getTime() - lengthOf(sliding, end.getTime()));
    return { from: start, to: end, moving: true, key: sliding, sliding };
  }
  const start = new Date(from);
  if (to === undefined) return { from: start, to: end, moving: true, key: from, sliding: null };
  return { from: start, to: new Date(to), moving: false, key: `${from} ${to}`, sliding: null };
}

/** In full, with year and zone, and such that typing it gives the same range. */
export function rangeLabel({ from, to, moving, sliding }: TimeRange, zone: string): string {
  if (sliding !== null) return `Past ${sliding}`;
  if (moving) return `Since ${dayTime(from, zone)} ${zone}`;
  const wholeDays = isMidnight(from, zone) && isMidnight(to, zone);
  if (!wholeDays) return `${dayTime(from, zone)} – ${dayTime(to, zone)} ${zone}`;
  const [first, last] = [fullDay(from, zone), fullDay(new Date(to.getTime() - 1), zone)];
  return first === last ? `${first} ${zone}` : `${first} – ${last} ${zone}`;
}

/** Both ends in full, of a sliding range too. */
export const rangeInFull = ({ from, to }: TimeRange, zone: string): string =>
  `${dayTime(from, zone)} – ${dayTime(to, zone)} ${zone}`;

function isMidnight(at: Date, zone: string): boolean {
  const { hour, minute, second } = civilOf(at.getTime(), zone);
  return hour + minute + second + at.getUTCMilliseconds() === 0;
}

/** Steps by half its length; a moving range becomes a fixed one. */
export function shift(range: TimeRange, direction: -1 | 1): TimeSearch {
  const step = ((range.to.getTime() - range.from.getTime()) / 2) * direction;
  return {
    from: new Date(range.from.getTime() + step).toISOString(),
    to: new Date(range.to.getTime() + step).toISOString(),
  };
}

/** Around the middle; a moving range becomes a fixed one. No shorter than a minute, no longer than 400 days. */
export function zoom({ from, to }: TimeRange, factor: number): TimeSearch {
  const middle = (from.getTime() + to.getTime()) / 2;
  const half = ((to.getTime() - from.getTime()) / 2) * factor;
  const kept = Math.min(Math.max(half, MINUTE / 2), 200 * DAY);
  return { from: new Date(middle - kept).toISOString(), to: new Date(middle + kept).toISOString() };
}
