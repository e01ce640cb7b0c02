/** Promises: values of another system's JSON as OTLP would have said them, bounded the same way. */
import { isObject } from '../decode/attributes.js';
import type { Limits } from '../decode/limits.js';
import type { Value } from '../decode/raw-span.js';
import { storable } from '../decode/storable.js';

/** Collects attributes; `cut` says afterwards whether something of them is not kept. */
export class ForeignAttributes {
  readonly attributes = new Map<string, Value>();
  cut = false;

  constructor(private readonly limits: Limits) {}

  /** What says nothing is left out, so that another name may speak. */
  set(name: string, json: unknown): void {
    if (json === undefined || json === null || json === '') return;
    if (this.attributes.size >= this.limits.attributes || name.length > 256) {
      this.cut = true;
      return;
    }
    this.attributes.set(storable(name), this.value(json, 0));
  }

  /** What is within it, each under the prefix. */
  setAll(prefix: string, json: unknown): void {
    if (isObject(json)) for (const [key, value] of Object.entries(json)) this.set(prefix + key, value);
  }

  private value(json: unknown, depth: number): Value {
    if (typeof json === 'string') {
      if (json.length > this.limits.text) this.cut = true;
      return storable(json.slice(0, this.limits.text));
    }
    if (typeof json === 'number' || typeof json === 'boolean') return json;
    if (json === null || json === undefined) return null;
    if (depth >= this.limits.depth) {
      this.cut = true;
      return null;
    }
    if (Array.isArray(json))
      return json.slice(0, this.limits.values).map((one) => this.value(one, depth + 1));
    return Object.fromEntries(
      Object.entries(json)
        .slice(0, this.limits.values)
        .map(([key, one]) => [storable(key), this.value(one, depth + 1)]),
    );
  }
}

/** A time as JSON says it, in nanoseconds since 1970: ISO 8601 with or without a zone (UTC then), or milliseconds. */
export function nanosecondsOf(json: unknown): bigint | null {
  if (typeof json === 'number')
    return Number.isFinite(json) ? BigInt(Math.round(json * 1_000)) * 1_000n : null;
  if (typeof json !== 'string') return null;
  const match = ISO.exec(json);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second, fraction = '', sign, zoneHours = '0', zoneMinutes = '0'] =
    match;
  const days = daysSince1970(Number(year), Number(month), Number(day));
  const shift = (Number(zoneHours) * 60 + Number(zoneMinutes)) * (sign === '-' ? -1 : 1);
  const seconds = ((days * 24 + Number(hour)) * 60 + Number(minute) - shift) * 60 + Number(second);
  return BigInt(seconds) * 1_000_000_000n + BigInt(fraction.slice(0, 9).padEnd(9, '0'));
}

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,12}))?(?:Z|([+-])(\d{2}):?(\d{2}))?$/;

/** Days of the proleptic Gregorian calendar (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms"). */
function daysSince1970(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** An id of another system: hex in lower case, another text as it is. */
export function foreignId(json: unknown): string | null {
  if (typeof json !== 'string' || json === '' || json.length > 200) return null;
  return /^[\da-f-]+$/i.test(json) ? json.toLowerCase() : storable(json);
}
