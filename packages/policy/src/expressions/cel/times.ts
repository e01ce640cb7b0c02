/**
 * Instants, durations and what is read off them. The library reads a calendar in the process's own time zone, takes an
 * integer for milliseconds and the 30th of February for the 2nd of March. A Date here is a calendar, never a clock.
 */
/* oxlint-disable no-restricted-globals -- every time is an argument */
import { create } from '@bufbuild/protobuf';
import {
  DurationSchema,
  TimestampSchema,
  timestampMs,
  type Duration,
  type Timestamp,
} from '@bufbuild/protobuf/wkt';
import { celFunc, celMethod, CelScalar, objectType } from '@bufbuild/cel';
import { isDate } from '../formats.js';
import { charge } from '../meter.js';
import { compilePattern, type Pattern } from '../pattern.js';

const { INT, STRING } = CelScalar;
const TIMESTAMP = objectType(TimestampSchema);
const DURATION = objectType(DurationSchema);
const SECOND = 1_000_000_000n;
const DAY_MS = 86_400_000;
// The years 1 to 9999.
const SECONDS_MIN = -62_135_596_800n;
const SECONDS_MAX = 253_402_300_799n;
const NANOS_MAX = 9_223_372_036_854_775_807n;
const LENGTH_MAX = 64;
/** A look into the world's table of time zones. */
const TIME_ZONE = 2_000;

function instant(seconds: bigint, nanos = 0): Timestamp {
  if (seconds < SECONDS_MIN || seconds > SECONDS_MAX) throw new Error('timestamp out of range');
  return create(TimestampSchema, { seconds, nanos });
}

let shape: Pattern | undefined;
/** RFC 3339, in which CEL writes an instant. */
function instantOf(text: string): Timestamp {
  shape ??= compilePattern(
    String.raw`\A[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])\z`,
  );
  if (text.length > LENGTH_MAX || !shape.test(text) || !isDate(text.slice(0, 10)))
    throw new Error('the text is no instant');
  const zone = text.endsWith('Z') ? 'Z' : text.slice(-6);
  const fraction = text.slice(19, text.length - zone.length).slice(1);
  const wholeMs = Date.parse(`${text.slice(0, 19)}${zone}`);
  return instant(BigInt(wholeMs / 1000), Number(fraction.padEnd(9, '0')));
}

function duration(seconds: bigint): Duration {
  const nanos = seconds * SECOND;
  if (nanos > NANOS_MAX || nanos < -NANOS_MAX) throw new Error('duration out of range');
  return create(DurationSchema, { seconds });
}

/** Its calendar and clock as those of UTC: a Date whose UTC parts are what a clock on the wall of `zone` shows. */
function onTheWall(at: Timestamp, zone: string): Date {
  const date = new Date(timestampMs(at));
  const offset = offsetMinutes(zone);
  if (offset !== null) return new Date(date.getTime() + offset * 60_000);
  charge(TIME_ZONE);
  const parts: Partial<Record<string, number>> = {};
  for (const { type, value } of calendarOf(zone).formatToParts(date)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  const wall = new Date(0);
  wall.setUTCFullYear(year, month - 1, day);
  wall.setUTCHours(hour, minute, second, date.getUTCMilliseconds());
  return wall;
}

const calendarOf = (timeZone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });

/** `02:00`, `-09:30`; null for a name. */
function offsetMinutes(zone: string): number | null {
  if (zone === 'UTC') return 0;
  const digits = /^[+-]/.test(zone) ? zone.slice(1) : zone;
  if (!/^[0-9]{2}:[0-9]{2}$/.test(digits)) return null;
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(3));
  return zone.startsWith('-') ? -minutes : minutes;
}

function dayOfYear(date: Date): number {
  const first = new Date(date);
  first.setUTCMonth(0, 1);
  return Math.round((date.getTime() - first.getTime()) / DAY_MS);
}

const PARTS: Readonly<Record<string, (wall: Date) => number>> = {
  getFullYear: (wall) => wall.getUTCFullYear(),
  getMonth: (wall) => wall.getUTCMonth(),
  getDate: (wall) => wall.getUTCDate(),
  getDayOfMonth: (wall) => wall.getUTCDate() - 1,
  getDayOfWeek: (wall) => wall.getUTCDay(),
  getDayOfYear: dayOfYear,
  getHours: (wall) => wall.getUTCHours(),
  getMinutes: (wall) => wall.getUTCMinutes(),
  getSeconds: (wall) => wall.getUTCSeconds(),
  getMilliseconds: (wall) => wall.getUTCMilliseconds(),
};

export const TIMES = [
  celFunc('timestamp', [INT], TIMESTAMP, (seconds) => instant(seconds)),
  celFunc('timestamp', [STRING], TIMESTAMP, instantOf),
  celFunc('duration', [INT], DURATION, duration),
  ...Object.entries(PARTS).flatMap(([name, part]) => [
    celMethod(name, TIMESTAMP, [], INT, function () {
      return BigInt(part(onTheWall(this.message, 'UTC')));
    }),
    celMethod(name, TIMESTAMP, [STRING], INT, function (zone) {
      return BigInt(part(onTheWall(this.message, zone)));
    }),
  ]),
];
