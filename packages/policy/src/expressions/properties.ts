/**
 * General categories and scripts as ranges. RE2's engine tries each character there is when a property is first met,
 * which holds a process for 70 to 170 ms each; and what it finds depends on whose expressions it tried them with. The
 * tables here are decoded in a millisecond and are the same wherever a policy is decided.
 */
import { ExpressionError } from './expression-error.js';
import { CATEGORIES, SCRIPTS, type UnicodeTable } from './unicode-data.js';

type Range = readonly [from: number, to: number];

/** A pattern of RE2 with its properties written out. Throws an ExpressionError. */
export function withoutProperties(source: string): string {
  let out = '';
  let copied = 0;
  for (const { from, to, name, negated, inClass } of propertiesIn(source)) {
    const members = membersOf(name, negated);
    if (members === null) continue; // the compiler says so, with its own words
    out += source.slice(copied, from) + (inClass ? members : `[${members}]`);
    copied = to;
  }
  return copied === 0 ? source : out + source.slice(copied);
}

interface Property {
  readonly from: number;
  readonly to: number;
  readonly name: string;
  readonly negated: boolean;
  readonly inClass: boolean;
}

export function* propertiesIn(source: string): Generator<Property> {
  let inClass = false;
  /** It stands behind a member of a class, so that whatever comes next would be the end of a range. */
  let hyphen = false;
  for (let at = 0; at < source.length; at++) {
    const character = source[at];
    const endsRange = hyphen;
    hyphen = inClass && character === '-';
    if (character === '\\') {
      const property = propertyAt(source, at, inClass);
      at = property === null ? at + 1 : property.to - 1;
      if (property === null) continue;
      if (endsRange)
        throw new ExpressionError(
          String.raw`the pattern has a range that ends with a property: a hyphen is written \-`,
        );
      yield property;
    } else if (!inClass && character === '[') {
      inClass = true;
      if (source[at + 1] === '^') at++;
      if (source[at + 1] === ']' || source[at + 1] === '-') at++;
    } else if (inClass && source.startsWith('[:', at)) {
      const end = source.indexOf(':]', at + 2);
      if (end > 0) at = end + 1;
    } else if (character === ']') inClass = false;
  }
}

function propertyAt(source: string, from: number, inClass: boolean): Property | null {
  const kind = source[from + 1];
  if (kind !== 'p' && kind !== 'P') return null;
  const braced = source[from + 2] === '{';
  const end = braced ? source.indexOf('}', from) : from + 2;
  const written = source.slice(from + (braced ? 3 : 2), braced ? end : end + 1);
  if (end < 0 || written === '') return null;
  const turned = written.startsWith('^');
  return {
    from,
    to: end + 1,
    name: turned ? written.slice(1) : written,
    negated: (kind === 'P') !== turned,
    inClass,
  };
}

const known = new Map<string, string>();

/** What stands for it in a class; null for a name that means nothing, or that costs nothing. */
function membersOf(name: string, negated: boolean): string | null {
  const key = `${negated ? '^' : ''}${name}`;
  const remembered = known.get(key);
  if (remembered !== undefined) return remembered;
  const ranges = rangesOf(name, negated);
  if (ranges === null) return null;
  const members = textOf(ranges);
  known.set(key, members);
  return members;
}

/** The characters that have the property, in order; null for a name that means nothing, or that costs nothing. */
export function rangesOf(name: string, negated = false): Range[] | null {
  const has = characteristic(name);
  return has && ranges(has.of, (of) => has.is(of) !== negated);
}

/** `L` is all that begin with it. */
function characteristic(name: string): { of: UnicodeTable; is: (of: string) => boolean } | null {
  if (name === 'LC' || name === 'Lc') return { of: CATEGORIES, is: (of) => /^L[ult]$/.test(of) };
  if (name === 'Assigned') return { of: CATEGORIES, is: (of) => of !== 'Cn' };
  if (/^[A-Z][a-z]?$/.test(name) && ` ${CATEGORIES.names}`.includes(` ${name}`))
    return { of: CATEGORIES, is: (of) => of.startsWith(name) };
  if (SCRIPTS.names.split(' ').includes(name)) return { of: SCRIPTS, is: (of) => of === name };
  return null;
}

/** Of the characters whose name is one of these, in order. */
function ranges({ names, runs }: UnicodeTable, wanted: (name: string) => boolean): Range[] {
  const isWanted = names.split(' ').map(wanted);
  const found: [number, number][] = [];
  let at = 0;
  for (let i = 0; i < runs.length;) {
    const letter = runs.charCodeAt(i++);
    let length = 0;
    for (let digit; (digit = digitOf(runs.charCodeAt(i))) >= 0; i++) length = 36 * length + digit;
    const next = at + Math.max(length, 1);
    if (isWanted[letter < 0xc0 ? letter - 0x41 : letter - 0xc0 + 26]) {
      const last = found.at(-1);
      if (last?.[1] === at - 1) last[1] = next - 1;
      else found.push([at, next - 1]);
    }
    at = next;
  }
  return found;
}

/** To base 36; -1 for what is none. */
const digitOf = (code: number): number =>
  code >= 48 && code <= 57 ? code - 48 : code >= 97 && code <= 122 ? code - 87 : -1;

/** Both ends each, so that nothing behind it can be taken for an end; most as they are, which is read the fastest. */
const textOf = (of: readonly Range[]): string =>
  of.map(([from, to]) => `${written(from)}-${written(to)}`).join('');

const written = (code: number): string =>
  code < 0x80 || (code >= 0xd800 && code <= 0xdfff)
    ? String.raw`\x{${code.toString(16)}}`
    : String.fromCodePoint(code);
