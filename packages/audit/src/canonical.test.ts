import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical, NotCanonicalError } from './canonical.js';

/** RFC 8785, appendix B: IEEE 754 bits and their text. */
const NUMBERS: readonly (readonly [bits: string, text: string])[] = [
  ['0000000000000000', '0'],
  ['8000000000000000', '0'],
  ['0000000000000001', '5e-324'],
  ['8000000000000001', '-5e-324'],
  ['7fefffffffffffff', '1.7976931348623157e+308'],
  ['ffefffffffffffff', '-1.7976931348623157e+308'],
  ['4340000000000000', '9007199254740992'],
  ['c340000000000000', '-9007199254740992'],
  ['4430000000000000', '295147905179352830000'],
  ['44b52d02c7e14af5', '9.999999999999997e+22'],
  ['44b52d02c7e14af6', '1e+23'],
  ['44b52d02c7e14af7', '1.0000000000000001e+23'],
  ['444b1ae4d6e2ef4e', '999999999999999700000'],
  ['444b1ae4d6e2ef4f', '999999999999999900000'],
  ['444b1ae4d6e2ef50', '1e+21'],
  ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
  ['3eb0c6f7a0b5ed8d', '0.000001'],
  ['41b3de4355555553', '333333333.3333332'],
  ['41b3de4355555554', '333333333.33333325'],
  ['41b3de4355555555', '333333333.3333333'],
  ['41b3de4355555556', '333333333.3333334'],
  ['41b3de4355555557', '333333333.33333343'],
  ['becbf647612f3696', '-0.0000033333333333333333'],
  ['43143ff3c1cb0959', '1424953923781206.2'],
];

const float = (bits: string) => Buffer.from(bits, 'hex').readDoubleBE();

/** Names that objects treat in their own way, among any others. */
const name = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.nat().map(String),
  fc.constantFrom(
    '__proto__',
    'constructor',
    'toString',
    '',
    '-1',
    '01',
    '4294967295',
    'é',
    '\u{1f600}',
    '\ufb33',
  ),
);

const { value: json } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, true, false),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    name,
    fc.array(tie('value'), { maxLength: 6 }),
    // Entries, so that a member called __proto__ is a member.
    fc.array(fc.tuple(name, tie('value')), { maxLength: 8 }).map((entries) => Object.fromEntries(entries)),
  ),
}));

describe('canonical', () => {
  it('writes the example of RFC 8785, section 3.2.2', () => {
    const value: unknown = JSON.parse(String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`);
    expect(canonical(value)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it('orders members as RFC 8785, section 3.2.3, by UTF-16 code units', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    expect(canonical(value).match(/(?<=:")[^"]+/g)).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
  });

  it.each(NUMBERS)('writes the number %s of RFC 8785, appendix B, as %s', (bits, text) => {
    expect(canonical(float(bits))).toBe(text);
  });

  it('writes what the canonicalize library writes, for any JSON value', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(canonical(value)).toBe(canonicalize(value));
      }),
      { numRuns: 2_000 },
    );
  });

  it('orders many members as few, in no more steps than their number asks for', () => {
    const names = fc.uniqueArray(fc.string({ unit: 'grapheme', maxLength: 6 }), {
      minLength: 30,
      maxLength: 200,
      size: 'max',
    });
    const said = { few: 0, many: 0 };
    fc.assert(
      fc.property(names, (each) => {
        said[each.length > 32 ? 'many' : 'few'] += 1;
        const value = Object.fromEntries(each.map((name, i) => [name, i]));
        expect(canonical(value)).toBe(canonicalize(value));
        expect(canonical(reversed(value))).toBe(canonical(value));
      }),
      { seed: 7, numRuns: 100 },
    );
    expect(said.many).toBeGreaterThan(50);
    // By insertion these would be moved two thousand million times.
    const descending = Array.from({ length: 60_000 }, (_, i) => `n${99_999 - i}`);
    expect(canonical(Object.fromEntries(descending.map((name) => [name, 1])))).toBe(
      `{${descending
        .reverse()
        .map((name) => `"${name}":1`)
        .join()}}`,
    );
  });

  it('writes one text for one value, whatever the order of its members, and it reads back as the same', () => {
    fc.assert(
      fc.property(json, (value) => {
        const text = canonical(value);
        expect(canonical(reversed(value))).toBe(text);
        expect(canonical(JSON.parse(text))).toBe(text);
      }),
    );
  });

  it.each<[what: string, value: unknown, path: string, reason: string]>([
    ['undefined', undefined, '', 'is undefined'],
    ['an undefined member', { a: [{ b: undefined }] }, '/a/0/b', 'is undefined'],
    // oxlint-disable-next-line no-sparse-arrays
    ['a hole', [1, , 3], '/1', 'is undefined'],
    ['NaN', { 'a/b': { 'c~d': NaN } }, '/a~1b/c~0d', 'is NaN'],
    ['an infinity', [-Infinity], '/0', 'is -Infinity'],
    ['a bigint', { n: 1n }, '/n', 'is a bigint'],
    ['a function', { f: () => 1 }, '/f', 'is a function'],
    ['a symbol', [Symbol.iterator], '/0', 'is a symbol'],
    ['a lone surrogate', { text: 'a\ud800b' }, '/text', 'has a lone surrogate'],
    ['a lone surrogate in a name', { a: { '\udc00': 1 } }, '/a/\udc00', 'has a lone surrogate'],
    ['a Date', { at: new Date(0) }, '/at', 'is not a plain object'],
    ['a Map', [new Map()], '/0', 'is not a plain object'],
  ])('refuses %s and says where', (_what, value, path, reason) => {
    const error = catchError(() => canonical(value));
    expect(error).toBeInstanceOf(NotCanonicalError);
    expect(error).toMatchObject({ path, reason });
  });

  it('refuses endless and absurdly deep values instead of running out of stack', () => {
    const endless: unknown[] = [];
    endless.push(endless);
    const deep: unknown = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));
    for (const value of [endless, deep])
      expect(() => canonical(value)).toThrow('is nested deeper than 256 levels');
    expect(canonical(JSON.parse('['.repeat(256) + ']'.repeat(256)))).toHaveLength(512);
  });

  it('takes objects without a prototype', () => {
    expect(canonical(Object.assign(Object.create(null), { b: 1, a: 2 }))).toBe('{"a":2,"b":1}');
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, member]) => [name, reversed(member)]),
  );
}

function catchError(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}
