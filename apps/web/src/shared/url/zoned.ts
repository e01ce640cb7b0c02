/** The calendar of a time zone, by Intl alone: instants to the clock on the wall there, and back. */

/** As a wall clock and a calendar show it; months are 1 to 12. Fields beyond their range roll over. */
export interface Civil {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const DAY_MS = 86_400_000;
const zones = new Map<string, string | undefined>();
const formats = new Map<string, Intl.DateTimeFormat>();

/** The zone's name, `local` being this browser's; undefined when there is no such zone. */
export function zoneOf(name: string): string | undefined {
  if (!zones.has(name)) zones.set(name, resolved(name));
  return zones.get(name);
}

function resolved(name: string): string | undefined {
  try {
    const found = new Intl.DateTimeFormat('en', name === 'local' ? {} : { timeZone: name });
    const { timeZone } = found.resolvedOptions();
    // Another name of the same zone stays as it was said: Asia/Kolkata, not Asia/Calcutta.
    return name === 'local' || timeZone.toLowerCase() === name.toLowerCase() ? timeZone : name;
  } catch {
    return undefined;
  }
}

export function civilOf(at: number, zone: string): Civil {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-u-ca-iso8601', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
  return {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
  };
}

/** The lead of the zone's clocks over UTC at an instant, in ms. */
export const offsetAt = (at: number, zone: string): number =>
  asUtc(civilOf(at, zone)) - Math.floor(at / 1000) * 1000;

/**
 * The instant of a civil time. Where an hour comes twice, the first; where it is left out, what the clocks were put
 * forward to.
 */
export function instantOf(civil: Civil, zone: string): number {
  const utc = asUtc(civil);
  const [before, after] = [utc - DAY_MS, utc + DAY_MS].map((near) => utc - offsetAt(near, zone)) as [
    number,
    number,
  ];
  const found = [before, after].toSorted((a, b) => a - b).find((each) => asUtc(civilOf(each, zone)) === utc);
  return found ?? before;
}

/** A day as the calendar has it: the 31st of June is the 1st of July. */
export function rolled({ year, month, day }: Pick<Civil, 'year' | 'month' | 'day'>) {
  const date = new Date(Date.UTC(year, month - 1, day));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

const asUtc = ({ year, month, day, hour, minute, second }: Civil): number =>
  Date.UTC(year, month - 1, day, hour, minute, second);
