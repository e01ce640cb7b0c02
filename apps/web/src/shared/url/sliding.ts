/** Lengths that slide with now, as the URL keeps them: `90m`, `6h`, `7d`, `2w`, `3mo`. */
import { refuse } from './not-understood.js';
import { instantOf, civilOf, rolled } from './zoned.js';

const UNIT_MS = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;
const UNIT = '(minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|wks?|w|months?|mo|years?|yrs?|y)(?![a-z])';
const LENGTH = new RegExp(`(?:(\\d+(?:\\.\\d+)?) ?|an? |one )${UNIT}`, 'g');
export const SLIDING = /^(\d{1,4})(mo|[mhdw])$/;

/** `90 min`, `1h 30m`, `1.5 hours`, `a day`; null for what is no length. */
export function slidingIn(words: string): string | null {
  const parts = [...words.matchAll(LENGTH)];
  if (parts.length === 0 || words.replaceAll(LENGTH, '').replaceAll(/ |and/g, '') !== '') return null;
  let minutes = 0;
  let months = 0;
  for (const [, amount = '1', unit = ''] of parts) {
    const n = Number(amount);
    if (/^(mo|months?)$/.test(unit)) months += n;
    else if (unit.startsWith('y')) months += n * 12;
    else minutes += (n * UNIT_MS[unit[0] as keyof typeof UNIT_MS]) / UNIT_MS.m;
  }
  return written(Math.round(minutes), months);
}

function written(minutes: number, months: number): string {
  if (months > 0 && minutes > 0) return refuse('Months and shorter lengths do not add up.');
  if (!Number.isInteger(months)) return refuse('Months are counted whole.');
  if (months === 0 && minutes < 1) return refuse('A range of less than a minute shows nothing.');
  const [unit, of] =
    months > 0
      ? (['mo', 1] as const)
      : (
          [
            ['d', 1440],
            ['h', 60],
            ['m', 1],
          ] as const
        ).find(([, each]) => minutes % each === 0)!;
  const n = (months > 0 ? months : minutes) / of;
  return n <= 9999 ? `${n}${unit}` : refuse('That is longer than 9,999 of its unit.');
}

/** In ms, of the one that ends at `end`; months are those of the calendar, in UTC. */
export function lengthOf(sliding: string, end: number): number {
  const [, n = '6', unit = 'h'] = SLIDING.exec(sliding) ?? [];
  if (unit !== 'mo') return Number(n) * UNIT_MS[unit as keyof typeof UNIT_MS];
  const civil = civilOf(end, 'UTC');
  const month = civil.month - Number(n);
  const last = rolled({ year: civil.year, month: month + 1, day: 0 }).day;
  return end - instantOf({ ...civil, month, day: Math.min(civil.day, last) }, 'UTC');
}
