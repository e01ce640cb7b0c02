/** Numbers and times, one way on every page. Times are in the page's zone, which is shown beside the time range. */
const integer = new Intl.NumberFormat('en');
export const count = (value: number): string => integer.format(value);

export const bytesOf = (size: number): string =>
  size < 1_000_000 ? `${Math.max(1, Math.round(size / 1_000))} kB` : `${(size / 1_000_000).toFixed(1)} MB`;

const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
/** 1.2K, 34M: for axes and legends. */
export const compact = (value: number): string => short.format(value);

/** Cents, or as many digits as tell a small sum from nothing. */
export const usd = (value: number): string =>
  value === 0 || value >= 1
    ? `$${value.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`
    : `$${value.toLocaleString('en', { minimumFractionDigits: 2, maximumSignificantDigits: 2 })}`;

/** 0.26 ms, 120 ms, 1.31 s, 2.5 min: the unit by the size. */
export function milliseconds(ms: number): string {
  const digits = (value: number) => value.toLocaleString('en', { maximumSignificantDigits: 3 });
  if (ms < 999.5) return `${digits(ms)} ms`;
  return ms < 99_950 ? `${digits(ms / 1_000)} s` : `${digits(ms / 60_000)} min`;
}

export const percent = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${Math.round((part / whole) * 100)}%`;

/** +38%, −12%, "new" when there was nothing before, null when nothing changed. */
export function delta(now: number, before: number): string | null {
  if (now === before) return null;
  if (before === 0) return 'new';
  const change = Math.round(((now - before) / before) * 100);
  return change === 0 ? null : `${change > 0 ? '+' : '−'}${Math.abs(change)}%`;
}

/** `UTC`, or a name of the IANA time zone database. */
export type Zone = string;

const formats = new Map<string, Intl.DateTimeFormat>();
function format(zone: Zone, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${name}`;
  let found = formats.get(key);
  if (found === undefined) {
    found = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone, hourCycle: 'h23' });
    formats.set(key, found);
  }
  return found;
}

export const clock = (at: string | Date, zone: Zone): string =>
  format(zone, 'clock', { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(new Date(at));
export const minute = (at: string | Date, zone: Zone): string =>
  format(zone, 'minute', { hour: '2-digit', minute: '2-digit' }).format(new Date(at));
export const day = (at: string | Date, zone: Zone): string =>
  format(zone, 'day', { day: '2-digit', month: 'short' }).format(new Date(at));
export const dateTime = (at: string | Date, zone: Zone): string =>
  format(zone, 'full', {
    year: 'numeric',
    month: 'short',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(new Date(at));

/** To the minute, to the second where it is not a whole minute. */
export const dayTime = (at: string | Date, zone: Zone): string =>
  `${fullDay(at, zone)} ${new Date(at).getTime() % 60_000 === 0 ? minute(at, zone) : clock(at, zone)}`;
export const fullDay = (at: string | Date, zone: Zone): string =>
  format(zone, 'fullDay', { year: 'numeric', month: 'short', day: 'numeric' }).format(new Date(at));

/** 45 s, 38 min, 3 h, 2 d */
export function duration(ms: number): string {
  const s = Math.max(0, Math.round(ms / 1000));
  if (s < 60) return `${s} s`;
  if (s < 3_600) return `${Math.round(s / 60)} min`;
  if (s < 172_800) return `${Math.round(s / 3_600)} h`;
  return `${Math.round(s / 86_400)} d`;
}
export const ago = (at: string | Date, now = Date.now()): string =>
  `${duration(now - new Date(at).getTime())} ago`;

/** For the middle of a sentence. */
export const lowered = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1);

/** snake_case and dotted codes as words. */
export const words = (code: string): string => code.replaceAll(/[_.]/g, ' ');
