import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readJson } from './json-text.js';
import { LIMITS } from './limits.js';

const problem = (text: string) => {
  const read = readJson(text);
  return read.ok ? null : read.problem.path;
};

describe('numbers', () => {
  test.each([
    '0', '-0', '0.0', '-0.0e7', '0e999', '0.1', '1.0', '1E2', '1e20', '100000000000000000000', '1e+308', '5e-324',
    '9007199254740992', '-9007199254740992', '9007199254740994', '3.141592653589793', '0.30000000000000004',
    '123456789012345680', '12345678901234.50', '0.000000000000000000000000000001', '1.7976931348623157e308',
  ])('%s is taken', (literal) => {
    expect(readJson(literal)).toEqual({ ok: true, value: Number(literal) });
    expect(problem(`{"a":[1,{"b":${literal}}]}`)).toBeNull();
  }); // prettier-ignore

  test.each([
    '1e400', '-1e400', '1e309', '1.7976931348623159e308', '1e-400', '4.9e-324', '9007199254740993', '-9007199254740993',
    '123456789012345678.0', '123456789012345678e3', '0.1000000000000000055511151231257827', '3.141592653589793238',
    '9'.repeat(400), `0.${'0'.repeat(400)}1`, '1e99999999999999999999', '1e-99999999999999999999',
  ])('%s is refused, wherever it stands', (literal) => {
    expect(problem(literal)).toBe('');
    expect(problem(`{"a/b":[1,{"~":"x","c":${literal}}]}`)).toBe('/a~1b/1/c');
    expect(problem(`[[],{},${literal},1e400]`)).toBe('/2');
  }); // prettier-ignore
});

test.each([
  ['{"a":1,"a":1}', '/a'],
  ['{"a":1,"\\u0061":2}', '/a'],
  ['{"x":[{"b":{"c":[]},"b" \n : {"c":1}}]}', '/x/0/b'],
  ['{"a":{"a":{"a":1}},"b":["a","a",":"],"c":":"}', null],
  ['{"a\\"":1,"a\\\\":2,"a":3,"a\\"":4}', '/a"'],
  ['{"":1,"":2}', '/'],
  ['[{"a":1},{"a":1}]', null],
])('a member given twice in %s', (text, path) => {
  expect(problem(text)).toBe(path);
});

test.each([
  ['{"a":["\\ud800"]}', '/a/0'],
  ['{"a":{"x\\u0000":1}}', '/a'],
  ['{"a":{"__proto__":1}}', '/a/__proto__'],
  ['{"a":{"\\u005f_proto__":1}}', '/a/__proto__'],
  [`${'[1,'.repeat(LIMITS.depth)}[]${']'.repeat(LIMITS.depth)}`, '/1'.repeat(LIMITS.depth)],
])('what no store holds in %s', (text, path) => {
  expect(problem(text)).toBe(path);
});

test('what is no JSON is a SyntaxError', () => {
  for (const text of ['', '{', '{"a":01}', "{'a':1}", '[1,]', 'NaN', 'Infinity', '\ufeff1'])
    expect(() => readJson(text), text).toThrow(SyntaxError);
});

// --- any text at all, against an oracle that knows how it was put together --------------------------------------------

type Said =
  | { readonly kind: 'number' | 'string' | 'word'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Said[] }
  | {
      readonly kind: 'object';
      readonly members: readonly (readonly [name: string, text: string, value: Said])[];
    };

const digits = (max: number) => fc.array(fc.nat(9), { minLength: 1, maxLength: max }).map((d) => d.join(''));
const number = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.oneof(
      fc.constant('0'),
      fc.tuple(fc.integer({ min: 1, max: 9 }), digits(20)).map(([a, b]) => `${a}${b}`),
    ),
    fc.option(digits(20), { nil: undefined }),
    fc.option(fc.tuple(fc.constantFrom('e', 'E'), fc.constantFrom('', '+', '-'), digits(3)), {
      nil: undefined,
    }),
  )
  .map(([sign, whole, fraction, exponent]) =>
    [sign, whole, fraction === undefined ? '' : `.${fraction}`, ...(exponent ?? [])].join(''),
  );
/** A name, and one of the ways to write it. */
const name = fc
  .tuple(fc.constantFrom('a', 'b', '"', '\\', ':', 'ü', '/', '~'), fc.boolean())
  .map(
    ([text, escape]) =>
      [
        text,
        escape ? `"\\u${text.charCodeAt(0).toString(16).padStart(4, '0')}"` : JSON.stringify(text),
      ] as const,
  );
const { value: anything } = fc.letrec<{ value: Said }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc
      .oneof(
        number,
        fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
        fc.maxSafeInteger().map(String),
      )
      .map((text): Said => ({ kind: 'number', text })),
    fc
      .string({ unit: 'grapheme' })
      .map((text): Said => ({ kind: 'string', text: JSON.stringify(text.replaceAll('\0', '')) })),
    fc.constantFrom('true', 'false', 'null').map((text): Said => ({ kind: 'word', text })),
    fc.array(tie('value'), { maxLength: 4 }).map((items): Said => ({ kind: 'list', items })),
    fc.array(fc.tuple(name, tie('value')), { maxLength: 5 }).map((members): Said => ({
      kind: 'object',
      members: members.map(([[n, t], v]) => [n, t, v] as const),
    })),
  ),
}));

const textOf = (said: Said): string => {
  switch (said.kind) {
    case 'list':
      return `[ ${said.items.map(textOf).join(' ,')}]`;
    case 'object':
      return `{${said.members.map(([, text, value]) => `${text}\t: ${textOf(value)}`).join(',\n')} }`;
    default:
      return said.text;
  }
};

/** Exactly, as a fraction of whole numbers. */
function fractionOf(literal: string): readonly [bigint, bigint] {
  const [, sign, whole, fraction = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(
    literal,
  )!;
  const power = Number(exponent) - fraction.length;
  const units = BigInt(`${whole}${fraction}`) * (sign === '-' ? -1n : 1n);
  return power < 0 ? [units, 10n ** BigInt(-power)] : [units * 10n ** BigInt(power), 1n];
}
function isSame(a: string, b: string): boolean {
  const [an, ad] = fractionOf(a);
  const [bn, bd] = fractionOf(b);
  return an * bd === bn * ad;
}

const step = (name: string | number) => `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;
function* wrongIn(said: Said, at = ''): Generator<string> {
  if (said.kind === 'number') {
    const double = Number(said.text);
    if (!Number.isFinite(double) || !isSame(said.text, String(double))) yield at;
  }
  if (said.kind === 'list') for (const [i, item] of said.items.entries()) yield* wrongIn(item, at + step(i));
  if (said.kind !== 'object') return;
  const seen = new Set<string>();
  for (const [name, , value] of said.members) {
    if (seen.has(name)) yield at + step(name);
    seen.add(name);
    yield* wrongIn(value, at + step(name));
  }
}

test('any text is refused at the first place that is wrong, or means exactly what it says', () => {
  let refused = 0;
  let taken = 0;
  fc.assert(
    fc.property(anything, (said) => {
      const text = textOf(said);
      const read = readJson(text);
      const [wrong] = wrongIn(said);
      expect(read.ok ? undefined : read.problem.path, text).toBe(wrong);
      if (!read.ok) return void refused++;
      taken++;
      expect(read.value).toEqual(JSON.parse(text));
    }),
    { numRuns: 5_000, seed: 6 },
  );
  expect(
    [refused, taken].every((times) => times > 500),
    `${refused} refused, ${taken} taken`,
  ).toBe(true);
});
