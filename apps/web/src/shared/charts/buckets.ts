/** The time axis of a chart of buckets: which of them carry a label, and what it says. */
import { clock, dateTime, day, minute, type Zone } from '../format.js';
import { offsetAt } from '../url/zoned.js';

const TICKS_MAX = 10;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const TICK_STEPS = [
  ...[1, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14, 28].map((n) => n * DAY),
];

/** The buckets that carry a label: times that are round in the zone, ten at most; in UTC where it has none of them. */
export function ticksOf(buckets: readonly string[], spanMs: number, zone: Zone): string[] {
  const step = stepOf(spanMs);
  const round = (ahead: (at: number) => number) =>
    buckets.filter((each) => (Date.parse(each) + ahead(Date.parse(each))) % step === 0);
  const here = round((at) => offsetAt(at, zone));
  return here.length > 0 ? here : round(() => 0);
}

const stepOf = (spanMs: number): number =>
  TICK_STEPS.find((step) => spanMs / step <= TICKS_MAX) ?? TICK_STEPS.at(-1)!;

/** The hour, to the second where ticks are; the day where a day begins, and where ticks are days. */
export function tickLabel(at: string, spanMs: number, zone: Zone): string {
  if (stepOf(spanMs) < MINUTE) return clock(at, zone);
  const hour = minute(at, zone);
  return spanMs > TICKS_MAX * DAY || (spanMs > DAY && hour === '00:00') ? day(at, zone) : hour;
}

/** `13:30:00 to 13:30:05`: what one bar counts. */
export const bucketLabel = (at: string, seconds: number, zone: Zone): string =>
  `${dateTime(at, zone)} to ${clock(new Date(Date.parse(at) + seconds * 1000), zone)}`;
