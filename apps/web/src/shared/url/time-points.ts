/** One end of a typed range: a day, a month, a quarter, a year, a time of day, an instant, or how long ago. */
import { refuse } from './not-understood.js';
import { lengthOf, slidingIn } from './sliding.js';
import { civilOf, instantOf, rolled, type Civil } from './zoned.js';

/** From its first instant to the first one after it; a time of day has no length. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The place where it is typed, and which of the times that it may mean is meant: those near to `near`. */
export interface Here {
  readonly now: number;
  readonly zone: string;
  readonly near: number;
}

/** Everything a text may mean, ascending: `Oct 1` is one span a year, `09:00` one a day. */
export interface Meaning {
  readonly spans: readonly Span[];
  /** Once a day rather than once a year. */
  readonly daily: boolean;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
export const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const WEEKDAY =
  /^(?:last )?(mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)$/;
const CLOCK = /(?:^| )(?:at )?(?:(\d{1,2}):(\d\d)(?::(\d\d))?(?: ?([ap])m)?|(\d{1,2}) ?([ap])m)(?= |$)/;
const INSTANT = /^\d{4}-\d\d-\d\dt\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:z|[+-]\d\d:\d\d)$/;
const YEAR_MIN = 1970;
const YEAR_MAX = 9998;
/** To the leap year before the last. */
const YEARS = 8;

const fixed = (start: number): Meaning => ({ spans: [{ start, end: start }], daily: false });

export function meaningOf(typed: string, here: Here): Meaning {
  if (typed === 'now') return fixed(here.now);
  if (/^\d{10}$/.test(typed)) return fixed(Number(typed) * 1000);
  if (/^\d{13}$/.test(typed)) return fixed(Number(typed));
  if (INSTANT.test(typed)) return fixed(instantIn(typed));
  const length = typed.endsWith(' ago') ? slidingIn(typed.slice(0, -4)) : null;
  if (length !== null) return fixed(here.now - lengthOf(length, here.now));

  const words = typed.replace(/^(\d{4}-\d\d-\d\d)t(?=\d)/, '$1 ');
  const clock = CLOCK.exec(words);
  const date = words.replace(CLOCK, ' ').trim();
  const days = date === '' ? daysNear(here) : daysIn(date, here);
  if (clock === null) return { spans: days.map((day) => spanOf(day, here.zone)), daily: false };
  const time = timeIn(clock);
  const spans = days.map(({ year, month, day }) => {
    if (month === undefined || day === undefined) return refuse(`“${typed}” has a time but no day.`);
    const start = instantOf({ year, month, day, ...time }, here.zone);
    return { start, end: start };
  });
  return { spans, daily: date === '' };
}

/** By how much of it was said: a day, a month, so many months, a year. */
interface Said {
  readonly year?: number;
  readonly month?: number;
  readonly months?: number;
  readonly day?: number;
}
type Day = Said & { readonly year: number };

function spanOf({ year, month = 1, months = 12, day }: Day, zone: string): Span {
  const first = (m: number, d: number) =>
    instantOf({ year, month: m, day: d, hour: 0, minute: 0, second: 0 }, zone);
  return day === undefined
    ? { start: first(month, 1), end: first(month + months, 1) }
    : { start: first(month, day), end: first(month, day + 1) };
}

const daysNear = ({ near, zone }: Here): Day[] => {
  const { year, month, day } = civilOf(near, zone);
  return [-2, -1, 0, 1].map((i) => rolled({ year, month, day: day + i }));
};

function daysIn(words: string, { now, near, zone }: Here): Day[] {
  const today = civilOf(now, zone);
  if (words === 'today') return [rolled(today)];
  if (words === 'yesterday') return [rolled({ ...today, day: today.day - 1 })];
  const weekday = WEEKDAY.exec(words)?.[1];
  if (weekday !== undefined) {
    const civil = civilOf(near, zone);
    const back = (weekdayOf(civil) - WEEKDAYS.indexOf(weekday.slice(0, 3)) + 7) % 7;
    const weeks = words.startsWith('last ') && back === 0 ? [-14, -7] : [-14, -7, 0, 7];
    return weeks.map((days) => rolled({ ...civil, day: civil.day - back + days }));
  }
  const said = saidIn(words);
  if (said.year !== undefined) return [checked({ ...said, year: said.year }, words)];
  const { year } = civilOf(near, zone);
  const days = Array.from({ length: 2 * YEARS + 1 }, (_, i) => ({ ...said, year: year - YEARS + i })).filter(
    exists,
  );
  return days.length > 0 ? days : refuse(`There is no “${words}” in any year.`);
}

function saidIn(words: string): Said {
  const monthIn = (name = '') => MONTHS.indexOf(name.slice(0, 3)) + 1;
  const yearIn = (text: string | undefined) => (text === undefined ? {} : { year: Number(text) });
  const [, year, m, d] = /^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$/.exec(words) ?? [];
  if (year !== undefined)
    return {
      year: Number(year),
      ...(m === undefined ? {} : { month: Number(m), months: 1 }),
      ...(d === undefined ? {} : { day: Number(d) }),
    };
  let found = new RegExp(`^${MONTH} (\\d{1,2})(?: (\\d{4}))?$`).exec(words);
  if (found !== null) return { month: monthIn(found[1]), day: Number(found[2]), ...yearIn(found[3]) };
  found = new RegExp(`^(\\d{1,2})(?: of)? ${MONTH}(?: (\\d{4}))?$`).exec(words);
  if (found !== null) return { month: monthIn(found[2]), day: Number(found[1]), ...yearIn(found[3]) };
  found = new RegExp(`^${MONTH}(?: (\\d{4}))?$`).exec(words);
  if (found !== null) return { month: monthIn(found[1]), months: 1, ...yearIn(found[2]) };
  found = /^q([1-4])(?: (\d{4}))?$/.exec(words);
  if (found !== null) return { month: Number(found[1]) * 3 - 2, months: 3, ...yearIn(found[2]) };
  if (/^\d{1,2}([./-])\d{1,2}(\1\d{2,4})?$/.test(words))
    return refuse(`“${words}” can be read in two ways: write the month as a word, or 2026-11-25.`);
  return refuse(`“${words}” is not understood.`);
}

function checked(day: Day, words: string): Day {
  if (day.year < YEAR_MIN || day.year > YEAR_MAX) return refuse(`“${words}” is not of this age.`);
  return exists(day) ? day : refuse(`There is no “${words}”.`);
}

function exists({ year, month = 1, day = 1 }: Day): boolean {
  const real = rolled({ year, month, day });
  return real.month === month && real.day === day;
}

function instantIn(typed: string): number {
  const at = Date.parse(typed.toUpperCase());
  checked(saidIn(typed.slice(0, 10)) as Day, typed);
  return Number.isNaN(at) ? refuse(`There is no “${typed}”.`) : at;
}

/** 0 is Monday. */
export const weekdayOf = ({ year, month, day }: Pick<Civil, 'year' | 'month' | 'day'>): number =>
  (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7;

function timeIn([text, h24, min = '0', s = '0', half24, h12, half12]: RegExpExecArray) {
  const half = half24 ?? half12;
  const said = Number(h24 ?? h12);
  const hour = half === undefined ? said : (said % 12) + (half === 'p' ? 12 : 0);
  const real = half === undefined ? said <= 23 : said >= 1 && said <= 12;
  if (!real || Number(min) > 59 || Number(s) > 59) return refuse(`There is no time “${text.trim()}”.`);
  return { hour, minute: Number(min), second: Number(s) };
}
