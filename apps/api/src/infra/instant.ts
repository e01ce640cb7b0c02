/** A point in time as text (RFC 3339): a day there is, in years that PostgreSQL and JavaScript say alike. */
import { z } from 'zod';

const SHAPE = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(?:Z|[+-](\d\d):(\d\d))$/;
export const YEAR_MIN = 1900;
export const YEAR_MAX = 9999;

/** The time, or a sentence for what is wrong with it. */
export function readInstant(text: string): Date | string {
  const match = SHAPE.exec(text);
  if (match === null) return 'a date and time like 2026-11-21T12:00:00Z is expected';
  const [year, month, day, hour, minute, second, offsetHour, offsetMinute] = match
    .slice(1)
    .map((part) => Number(part ?? 0)) as [number, number, number, number, number, number, number, number];
  const isReal =
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysIn(year, month) &&
    hour <= 23 &&
    minute <= 59 &&
    second <= 59 &&
    offsetHour <= 23 &&
    offsetMinute <= 59;
  if (!isReal) return 'there is no such date or time';
  const at = new Date(text);
  if (at.getUTCFullYear() < YEAR_MIN || at.getUTCFullYear() > YEAR_MAX)
    return `a year from ${YEAR_MIN} to ${YEAR_MAX} is expected`;
  return at;
}

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

export const Instant = z.iso.datetime({ offset: true }).transform((text, context) => {
  const read = readInstant(text);
  if (read instanceof Date) return read;
  context.addIssue({ code: 'custom', message: read });
  return z.NEVER;
});
