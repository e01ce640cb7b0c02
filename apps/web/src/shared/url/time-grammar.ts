/**
 * The grammar of time ranges as people type them, read in their zone. A date without a year is the nearest that has
 * begun; a day, a month or a year at the end is included whole; weeks begin on Monday.
 */
import { NotUnderstood, refuse } from './not-understood.js';
import { slidingIn } from './sliding.js';
import { meaningOf, MONTH, weekdayOf, type Here, type Span } from './time-points.js';
import type { TimeSearch } from './time-range.js';
import { civilOf, instantOf, zoneOf } from './zoned.js';

export type Parsed = { readonly search: TimeSearch } | { readonly why: string };

export const UNDERSTOOD =
  'Understood: 90 min, today, last week, this month, Oct 1 to Oct 31, Nov 25 09:00 to Nov 26 10:00, since Jun 1, ISO times, an epoch; a zone may follow.';

const TYPED_MAX = 200;
const TO = / (?:to|until|till|through|thru|-) | ?(?:\.\.|–|—|→) ?/;
const PERIOD = /^(this|current|last|previous) (hour|day|week|month|quarter|year)$/;

/** Either the range as the URL keeps it, or the sentence that says why not. */
export function parseRange(typed: string, now: number, zone: string): Parsed {
  try {
    if (typed.length > TYPED_MAX) return refuse('That is too long for a range.');
    const { words, tz } = withoutZone(typed.trim());
    const search = rangeIn(normal(words), { now, zone: tz ?? zone, near: now });
    return { search: tz === undefined ? search : { ...search, tz } };
  } catch (error) {
    if (error instanceof NotUnderstood) return { why: error.message };
    throw error;
  }
}

function rangeIn(words: string, here: Here): TimeSearch {
  if (words === '') return refuse('Nothing was typed.');
  const sliding = slidingIn(
    words
      .replace(/^(?:past|last) (?=hour$|minute$|day$)|^past (?=[a-z]+$)/, '1 ')
      .replace(/^(?:past|last|previous) /, ''),
  );
  if (sliding !== null) return { t: sliding };
  const period = periodIn(words.replace(/^(hour|day|week|month|quarter|year) to date$/, 'this $1'), here);
  if (period !== null) return period;
  const ends = words
    .replace(/^(?:from|between|since|after) /, '')
    .split(words.startsWith('between ') ? / and / : TO);
  const [a = '', b] = ends;
  if (ends.length > 2) return refuse('That has more than two ends.');
  if (b !== undefined) return between(...sharing(a, b), here);
  const { start, end } = latest(a, here);
  return /^(?:since|after|from) /.test(words) || end === start || end > here.now
    ? { from: iso(start) }
    : { from: iso(start), to: iso(end) };
}

/** `this month`, `last week`: periods of the calendar. `past month` slides, and is not here. */
function periodIn(words: string, { now, zone }: Here): TimeSearch | null {
  const [, which, unit] = PERIOD.exec(words) ?? [];
  if (unit === undefined) return null;
  const today = { ...civilOf(now, zone), minute: 0, second: 0 };
  const { year, month, day, hour } = today;
  const begins = (back: number): number => {
    const parts = {
      hour: { hour: hour - back },
      day: { hour: 0, day: day - back },
      week: { hour: 0, day: day - weekdayOf(today) - 7 * back },
      month: { hour: 0, day: 1, month: month - back },
      quarter: { hour: 0, day: 1, month: month - ((month - 1) % 3) - 3 * back },
      year: { hour: 0, day: 1, month: 1, year: year - back },
    }[unit];
    return instantOf({ ...today, ...parts }, zone);
  };
  return which === 'last' || which === 'previous'
    ? { from: iso(begins(1)), to: iso(begins(0)) }
    : { from: iso(begins(0)) };
}

function between(a: string, b: string, here: Here): TimeSearch {
  if (b === 'now') return { from: iso(latest(a, here).start) };
  const { spans } = meaningOf(b, here);
  const [last] = spans;
  // An end that means one time only holds still, and the beginning goes to it.
  if (spans.length === 1 && last !== undefined) {
    const begins = meaningOf(a, { ...here, near: last.start }).spans;
    return ordered(begins.findLast(({ start }) => start <= last.start) ?? begins[0]!, last, here);
  }
  const first = latest(a, here);
  const end = after(first, b, here);
  const begins = meaningOf(a, here);
  const earlier = begins.spans.findLast(({ start }) => start < first.start);
  if (earlier === undefined || end.end <= here.now || isUnderWay(first, end, begins.daily, here))
    return ordered(first, end, here);
  return ordered(earlier, after(earlier, b, here), here);
}

const after = (first: Span, words: string, here: Here): Span =>
  meaningOf(words, { ...here, near: first.start }).spans.find(({ end }) => end > first.start) ?? first;

/** Within a day or a year, or much shorter than it: what ends in the future is then what was meant. */
function isUnderWay({ start }: Span, { end }: Span, daily: boolean, { zone }: Here): boolean {
  const [a, b] = [civilOf(start, zone), civilOf(end - 1, zone)];
  return daily
    ? (a.day === b.day && a.month === b.month) || end - start < 12 * 3_600_000
    : a.year === b.year || end - start < 180 * 86_400_000;
}

function ordered({ start }: Span, last: Span, { now }: Here): TimeSearch {
  if (start > now) return refuse('It begins in the future.');
  if (last.end <= start) return refuse('It ends before it begins.');
  // A day that is not over yet, today say, grows.
  return last.start <= now && now < last.end ? { from: iso(start) } : { from: iso(start), to: iso(last.end) };
}

const latest = (words: string, here: Here): Span =>
  meaningOf(words, here).spans.findLast(({ start }) => start <= here.now) ??
  refuse(`“${words}” is in the future.`);

/** Ends of a range, each with what it leaves out and the other says: `Oct 1 to 31`, `1 to 31 Oct`. */
function sharing(a: string, b: string): [string, string] {
  const month = new RegExp(MONTH);
  const bare = /^\d{1,2}(?: \d{4})?$/;
  const [inA, inB] = [month.exec(a)?.[0], month.exec(b)?.[0]];
  if (inA !== undefined && inB === undefined && bare.test(b)) return [a, `${inA} ${b}`];
  if (inB !== undefined && inA === undefined && bare.test(a))
    return [`${a} ${b.replace(/^\d{1,2} /, '')}`, b];
  return [a, b];
}

/** Lower case, one blank between words, ranges written without blanks drawn apart. */
const normal = (typed: string): string =>
  typed
    .toLowerCase()
    .replaceAll(/[,\s]+/g, ' ')
    .trim()
    .replaceAll(/\b(\d{1,2})-([a-z]{3,9})-(\d{4})\b/g, '$1 $2 $3')
    .replaceAll(/(\d)(?:st|nd|rd|th)\b/g, '$1')
    .replaceAll(/((?:^| )\d{1,2}(?::\d\d)?|[ap]m)-(?=\d{1,2}(?![\d-]))/g, '$1 to ')
    .replaceAll(/((?:^| )\d{1,4}|:\d\d)-(?=[a-z]{3})/g, '$1 to ')
    .replace(/^(\d{4}-\d\d-\d\d\S*)\/(\d{4}-\d\d-\d\d\S*)$/, '$1 to $2');

/** A zone written behind is the zone it is read in. */
function withoutZone(words: string): { readonly words: string; readonly tz?: string } {
  const name = / \(?(utc|gmt|local|[a-z]+(?:\/[a-z_+\-0-9]+)+)\)?$/i.exec(words);
  if (name === null) return { words };
  const tz = zoneOf(name[1]!) ?? refuse(`There is no time zone “${name[1]}”.`);
  return { words: words.slice(0, name.index).trim(), tz };
}

const iso = (at: number): string => new Date(at).toISOString();
