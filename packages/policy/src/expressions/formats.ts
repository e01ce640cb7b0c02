/**
 * The formats of JSON Schema, each a pattern that is run by our own engine or a short look at fixed places: the kept
 * library's backtrack, and one honest schema with a hostile text held a process for a quarter of a minute.
 */
import { charge, chargeText } from './meter.js';
import { fromEcma } from './ecma.js';
import { compilePattern, type Pattern } from './pattern.js';

export type Format = { readonly on: 'string' | 'number'; readonly test: (value: never) => boolean };

const text = (test: (text: string) => boolean): Format => ({ on: 'string', test });
const number = (test: (value: number) => boolean): Format => ({ on: 'number', test });

/** The whole text. `a-z` stands for the capitals, too: folding cases would let a Kelvin sign in. Compiled at first use. */
function like(re2: string, lengthMax = Infinity): (text: string) => boolean {
  let pattern: Pattern | undefined;
  return (value) => {
    if (value.length > lengthMax) return false;
    pattern ??= compilePattern(`\\A(?:${re2.replaceAll('a-z', 'a-zA-Z').replaceAll('a-f', 'a-fA-F')})\\z`);
    return pattern.test(value);
  };
}
const pattern = (re2: string, lengthMax?: number): Format => text(like(re2, lengthMax));

const OCTET = '(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
const IPV4 = `(?:${OCTET}\\.){3}${OCTET}`;
const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const HOST = `${LABEL}(?:\\.${LABEL})*`;
const ATOM = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+";

// RFC 3986, and for what may come after the scheme its international twin (RFC 3987).
const UNRESERVED = String.raw`a-z0-9\-._~`;
const IUNRESERVED = String.raw`${UNRESERVED}\x{a0}-\x{d7ff}\x{f900}-\x{fdcf}\x{fdf0}-\x{ffef}\x{10000}-\x{efffd}`;
const SUB_DELIMS = "!$&'()*+,;=";
const PERCENT = '%[0-9a-f]{2}';
const LITERAL_HOST = String.raw`\[(?:[0-9a-f:.]+|[vV][0-9a-f]+\.[a-z0-9\-._~!$&'()*+,;=:]+)\]`;
const SCHEME = String.raw`[a-z][a-z0-9+\-.]*:`;
/** A URI, or where it may be `relative` a reference. */
function reference(unreserved: string, relative: boolean): string {
  const characters = (more: string) => `(?:[${unreserved}${SUB_DELIMS}${more}]|${PERCENT})`;
  const authority = `//(?:${characters(':')}*@)?(?:${LITERAL_HOST}|${characters('')}*)(?::[0-9]*)?`;
  const segment = characters(':@');
  const path = `(?:/${segment}*)*`;
  const hierarchy = (first: string) => `(?:${authority}${path}|/(?:${segment}+${path})?|${first}+${path})?`;
  const tail = characters(':@/?');
  // Without a scheme a colon in the first segment would make one.
  const whole = `${SCHEME}${hierarchy(segment)}${relative ? `|${hierarchy(characters('@'))}` : ''}`;
  return `(?:${whole})(?:\\?${tail}*)?(?:#${tail}*)?`;
}

const VARNAME = `(?:[a-z0-9_]|${PERCENT})(?:\\.?(?:[a-z0-9_]|${PERCENT}))*`;
const VARSPEC = `${VARNAME}(?::[1-9][0-9]{0,3}|\\*)?`;
const URI_TEMPLATE =
  String.raw`(?:[^\x00-\x20\x7f"<>%\\^` +
  `\`{|}]|${PERCENT}|\\{[+#./;?&=,!@|]?${VARSPEC}(?:,${VARSPEC})*\\})*`;
const POINTER = '(?:/(?:[^~/]|~[01])*)*';
const URL_HOST = String.raw`(?:[a-z0-9\x{a1}-\x{ffff}](?:[a-z0-9\x{a1}-\x{ffff}-]*[a-z0-9\x{a1}-\x{ffff}])?\.)*[a-z0-9\x{a1}-\x{ffff}-]+`;

const DATE = like('[0-9]{4}-[0-9]{2}-[0-9]{2}', 10);
const TIME = like(
  String.raw`[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:[zZ]|[+-][0-9]{2}(?::?[0-9]{2})?)?`,
  64,
);
const DURATION_DATE = '(?:[0-9]+Y(?:[0-9]+M(?:[0-9]+D)?)?|[0-9]+M(?:[0-9]+D)?|[0-9]+D)';
const DURATION_TIME = 'T(?:[0-9]+H(?:[0-9]+M(?:[0-9]+S)?)?|[0-9]+M(?:[0-9]+S)?|[0-9]+S)';
const IPV6 = like(`(?:[0-9a-f]{1,4}|:|${IPV4})+`, 45);

/** Formats that a schema may ask for by `format`; every other name is refused when it is published. */
export const FORMATS: ReadonlyMap<string, Format> = new Map(
  Object.entries<Format>({
    date: text(isDate),
    time: text((value) => isTime(value, true)),
    'date-time': text((value) => isDateTime(value, true)),
    'iso-time': text((value) => isTime(value, false)),
    'iso-date-time': text((value) => isDateTime(value, false)),
    duration: pattern(`P(?:${DURATION_DATE}(?:${DURATION_TIME})?|${DURATION_TIME}|[0-9]+W)`, 128),
    email: pattern(`${ATOM}(?:\\.${ATOM})*@${LABEL}(?:\\.${LABEL})+`, 320),
    hostname: pattern(`${HOST}\\.?`, 254),
    ipv4: pattern(IPV4, 15),
    ipv6: text(isIpv6),
    uri: pattern(reference(UNRESERVED, false)),
    iri: pattern(reference(IUNRESERVED, false)),
    'uri-reference': pattern(reference(UNRESERVED, true)),
    'iri-reference': pattern(reference(IUNRESERVED, true)),
    'uri-template': pattern(URI_TEMPLATE),
    url: pattern(
      `(?:[hH][tT][tT][pP][sS]?|[fF][tT][pP])://(?:[^\\s/?#@]+@)?(?:${IPV4}|${URL_HOST})(?::[0-9]{2,5})?(?:[/?#][^\\s]*)?`,
    ),
    uuid: pattern('(?:urn:uuid:)?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}', 45),
    'json-pointer': pattern(POINTER),
    'json-pointer-uri-fragment': pattern(`#(?:/(?:[a-z0-9_\\-.!$&'()*+,;:=@]|${PERCENT}|~[01])*)*`),
    'relative-json-pointer': pattern(`(?:0|[1-9][0-9]*)(?:#|${POINTER})`),
    byte: pattern('(?:[a-z0-9+/]{4})*(?:[a-z0-9+/]{2}==|[a-z0-9+/]{3}=)?'),
    regex: text(isRegex),
    int32: number((value) => Number.isInteger(value) && Math.abs(value) <= 2 ** 31 && value !== 2 ** 31),
    int64: number((value) => Number.isInteger(value)),
    float: number(() => true),
    double: number(() => true),
    password: text(() => true),
    binary: text(() => true),
  }),
);

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** `2026-02-28`: a day that was or will be. */
export function isDate(value: string): boolean {
  if (!DATE(value)) return false;
  charge(10);
  const [year, month, day] = [Number(value.slice(0, 4)), Number(value.slice(5, 7)), Number(value.slice(8))];
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day >= 1 && day <= (month === 2 && leap ? 29 : (DAYS[month - 1] ?? 0));
}

/** RFC 3339. A leap second is the last of a day of UTC. */
function isTime(value: string, zoned: boolean): boolean {
  if (!TIME(value)) return false;
  charge(20);
  const [hours, minutes, seconds] = [0, 3, 6].map((at) => Number(value.slice(at, at + 2))) as [
    number,
    number,
    number,
  ];
  const zone = value.slice(8).replace(/^\.[0-9]+/, '');
  if (zone === '') return !zoned && hours <= 23 && minutes <= 59 && seconds <= 59;
  const offset = zone.slice(1).replace(':', '').padEnd(4, '0');
  const [offsetHours, offsetMinutes] = [Number(offset.slice(0, 2)), Number(offset.slice(2))];
  if (hours > 23 || minutes > 59 || offsetHours > 23 || offsetMinutes > 59) return false;
  if (seconds < 60) return true;
  const utc = hours * 60 + minutes - (zone.startsWith('-') ? -1 : 1) * (offsetHours * 60 + offsetMinutes);
  return seconds === 60 && (utc + 2 * 1440) % 1440 === 1439;
}

function isDateTime(value: string, zoned: boolean): boolean {
  const separator = value[10];
  if (
    value.length > 80 ||
    separator === undefined ||
    !(separator === 'T' || separator === 't' || separator === ' ')
  )
    return false;
  return isDate(value.slice(0, 10)) && isTime(value.slice(11), zoned);
}

/** Eight groups, or fewer around one `::`; the last two may be an IPv4 address. */
function isIpv6(value: string): boolean {
  if (!IPV6(value)) return false;
  const halves = value.split('::');
  if (halves.length > 2) return false;
  let groups = 0;
  for (const [i, half] of halves.entries()) {
    if (half === '') continue;
    const parts = half.split(':');
    for (const [j, part] of parts.entries()) {
      const last = i === halves.length - 1 && j === parts.length - 1;
      if (part.includes('.') ? !last || !IPV4_ONLY(part) : !GROUP(part)) return false;
      groups += part.includes('.') ? 2 : 1;
    }
  }
  return halves.length === 2 ? groups <= 7 : groups === 8;
}
const IPV4_ONLY = like(IPV4, 15);
const GROUP = like('[0-9a-f]{1,4}', 4);

/** A pattern that could be published. */
function isRegex(value: string): boolean {
  chargeText(value);
  try {
    fromEcma(value);
    return true;
  } catch {
    return false;
  }
}
