/**
 * The time range, as people type it and as the URL keeps it: `t=6h` slides with now, `from=` grows, `from=&to=` is fixed.
 * Grammar: 45m, 6h, 7d, 2w · since Jun 1 · since 09:30 · an epoch · two ISO instants.
 */
import * as z from 'zod/mini';
import { lenient } from './many.js';

const UNITS = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;
const SLIDING = /^(\d{1,4})\s*(m|h|d|w)$/;
export const DEFAULT_RANGE = '6h';

export const timeSearch = z.object({
  t: lenient(z.string().check(z.regex(/^\d{1,4}[mhdw]$/))),
  from: lenient(z.iso.datetime({ offset: true })),
  to: lenient(z.iso.datetime({ offset: true })),
});
export type TimeSearch = z.infer<typeof timeSearch>;

export interface TimeRange {
  readonly from: Date;
  readonly to: Date;
  readonly label: string;
  /** Its end is now. */
  readonly moving: boolean;
}

/** `now` is rounded up to 10 s for moving ranges, so that equal ranges are equal query keys. */
export function rangeOf({ t, from, to }: TimeSearch, now: number): TimeRange {
  const end = new Date(Math.ceil(now / 10_000) * 10_000);
  if (from !== undefined) {
    const start = new Date(from);
    if (to !== undefined)
      return {
        from: start,
        to: new Date(to),
        label: `${short(start)} – ${short(new Date(to))}`,
        moving: false,
      };
    return { from: start, to: end, label: `Since ${short(start)}`, moving: true };
  }
  const sliding = t ?? DEFAULT_RANGE;
  return {
    from: new Date(end.getTime() - lengthOf(sliding)),
    to: end,
    label: `Past ${sliding}`,
    moving: true,
  };
}

/** null: not understood. */
export function parseRange(text: string, now: number): TimeSearch | null {
  const typed = text.trim().replace(/^(past|last)\s+/i, '');
  const sliding = SLIDING.exec(typed.toLowerCase());
  if (sliding !== null && Number(sliding[1]) > 0) return { t: `${Number(sliding[1])}${sliding[2]}` };
  const since = /^since\s+(.+)$/i.exec(typed);
  if (since !== null) {
    const from = instant(since[1]!, now);
    return from === null || from > now ? null : { from: new Date(from).toISOString() };
  }
  const [a, b] = typed.split(/\s+(?:to|–|-)\s+/);
  const from = instant(a ?? '', now);
  const to = b === undefined ? null : instant(b, now);
  if (from === null) return null;
  if (b === undefined) return { from: new Date(from).toISOString() };
  return to === null || to <= from
    ? null
    : { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
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
  const kept = Math.min(Math.max(half, UNITS.m / 2), 200 * UNITS.d);
  return { from: new Date(middle - kept).toISOString(), to: new Date(middle + kept).toISOString() };
}

const lengthOf = (sliding: string): number => {
  const [, count, unit] = SLIDING.exec(sliding) ?? [];
  return Number(count ?? 6) * UNITS[(unit ?? 'h') as keyof typeof UNITS];
};

function instant(text: string, now: number): number | null {
  const typed = text.trim();
  if (/^\d{10}$/.test(typed)) return Number(typed) * 1000;
  if (/^\d{13}$/.test(typed)) return Number(typed);
  const clock = /^(\d{1,2}):(\d{2})$/.exec(typed);
  if (clock !== null) {
    const day = new Date(now);
    day.setUTCHours(Number(clock[1]), Number(clock[2]), 0, 0);
    return day.getTime() > now ? day.getTime() - UNITS.d : day.getTime();
  }
  const dated = /^[a-z]{3,9}\s+\d{1,2}$/i.test(typed)
    ? `${typed} ${new Date(now).getUTCFullYear()} UTC`
    : typed;
  const parsed = /\d/.test(dated) ? Date.parse(dated) : Number.NaN;
  return Number.isNaN(parsed) ? null : parsed;
}

const short = (date: Date) => date.toISOString().slice(5, 16).replace('T', ' ');
