import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromEcma } from './ecma.js';
import { newMeter, payFrom } from './meter.js';
import { compilePattern } from './pattern.js';
import { PATTERN, programSizeMax } from './program-size.js';

const matches = (pattern: string, text: string): boolean => {
  payFrom(newMeter());
  return compilePattern(fromEcma(pattern)).test(text);
};

describe('a pattern takes what ECMA-262 takes', () => {
  test.each([
    ['^.+$', '\r', false],
    ['^.+$', '\u2028', false],
    ['^.+$', '\u2029', false],
    ['^.+$', '\n', false],
    ['^.+$', '\u0085', true],
    [String.raw`^\S+$`, '\u00a0', false],
    [String.raw`^\S+$`, '\u2003', false],
    [String.raw`^\S+$`, '\v', false],
    [String.raw`^\S+$`, '\ufeff', false],
    [String.raw`^\S+$`, '\u180e', true],
    [String.raw`^\s+$`, ' \u00a0\u3000\u2028', true],
    [String.raw`^[\s]+$`, '\u00a0', true],
    [String.raw`^[^\S]+$`, '\u00a0', true],
    [String.raw`^\u0041$`, 'A', true],
    [String.raw`^\ud83d\ude00$`, '😀', true],
    [String.raw`^[\ud83d\ude00]$`, '😀', true],
    [String.raw`^\u{1f600}$`, '😀', true],
    ['^😀{2}$', '😀😀', true],
    ['^.$', '😀', true],
    [String.raw`^\ud83d$`, '\ud83d', true],
    [String.raw`^\x41\cJ\0$`, 'A\n\0', true],
    ['^[^]$', '\n', true],
    ['[]', 'a', false],
    [String.raw`^\/\-\.$`, '/-.', true],
    [String.raw`^[\w-.]+$`, 'a-.', true],
    [String.raw`^[\b]$`, '\b', true],
    [String.raw`^\$$`, '$', true],
    ['^a{,2}$', 'a{,2}', true],
    ['^{a}]$', '{a}]', true],
    ['a$', 'a\n', false],
    ['^a', '\na', false],
    [String.raw`\bé\b`, 'é', false],
    [String.raw`^\p{L}+$`, 'aéЖ', true],
    [String.raw`^\p{Script=Greek}\P{Lu}$`, 'αa', true],
    ['^(?<year>[0-9]{4})-(a|b)+?$', '2026-ab', true],
    ['^[A-\\x5a]$', 'Z', true],
  ])('%s for %j is %s', (pattern, text, wanted) => {
    expect(matches(pattern, text)).toBe(wanted);
  });

  test.each([
    ['(?=a)', /looks around/],
    ['(?!a)', /looks around/],
    ['(?<=a)', /looks around/],
    ['(?<!a)', /looks around/],
    [String.raw`(a)\1`, /refers back/],
    [String.raw`(?<n>a)\k<n>`, /refers back/],
    ['(?i:a)', /unknown kind/],
    ['(a', /open/],
    ['a)', /not open/],
    ['*a', /nothing to repeat/],
    ['a**', /nothing to repeat/],
    ['a{2}{3}', /nothing to repeat/],
    ['^*', /nothing to repeat/],
    ['a{3,2}', /more often/],
    ['a{1001}', /more than 1000/],
    ['[b-a]', /range/],
    ['[a', /open/],
    ['a\\', /backslash/],
    [String.raw`\q`, /unknown escape/],
    [String.raw`\p{Emoji}`, /property/],
    [String.raw`\p{Script=Nobody}`, /./],
    [String.raw`\u12`, /digits/],
  ])('and %s is refused when it is compiled', (pattern, message) => {
    expect(() => compilePattern(fromEcma(pattern))).toThrow(message);
  });
});

describe('property: the engine of the platform says the same', () => {
  const alphabet = [
    'a',
    'b',
    'Z',
    '0',
    '_',
    '-',
    ' ',
    '\n',
    '\r',
    '\u2028',
    '\u00a0',
    '\ufeff',
    'é',
    '😀',
    '.',
    'Ω',
    '٣',
  ];
  const one = fc.constantFrom(
    'a', 'b', 'Z', '-', '.', '[ab]', '[^ab]', '[a-z]', '[^]', '[]', '[\\s\\d]', '[^\\w]', '[\\W0]', '[\\S]', '[😀a]',
    '\\d', '\\D', '\\w', '\\W', '\\s', '\\S', '\\b', '\\B', '^', '$', '\\u0061', '\\u{1f600}', '\\ud83d\\ude00',
    '\\n', '\\x20', '\\cM', '\\.', '\\p{L}', '\\P{Ll}', '\\p{Lu}', '\\/', 'é', '😀',
    '[^\\p{Lu}a]', '[\\P{L}b]', '[\\p{Nd}\\-\\p{Script=Greek}]', '\\p{Cn}', '\\P{Script=Greek}', '[\\p{Z}\\p{P}]',
  ); // prettier-ignore
  const assertion = /^(\\b|\\B|\^|\$)$/;
  const repeat = fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{1,2}', '{0,}', '*?', '+?');
  const { pattern } = fc.letrec<{ pattern: string; term: string }>((tie) => ({
    term: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.tuple(one, repeat).map(([atom, times]) => (assertion.test(atom) ? atom : atom + times)),
      fc.tuple(fc.constantFrom('(', '(?:', '(?<n>'), tie('pattern'), repeat).map(([open, inner, times]) => `${open}${inner})${times}`),
    ),
    pattern: fc
      .array(fc.array(tie('term'), { maxLength: 3 }).map((terms) => terms.join('')), { minLength: 1, maxLength: 2 })
      .map((alternatives) => alternatives.join('|')),
  })); // prettier-ignore
  const text = fc.array(fc.constantFrom(...alphabet), { maxLength: 6 }).map((runes) => runes.join(''));

  test('of patterns put together at random', () => {
    const said = { yes: 0, no: 0 };
    fc.assert(
      fc.property(pattern, fc.array(text, { minLength: 5, maxLength: 5 }), (source, texts) => {
        const named = source.split('(?<n>').reduce((all, part, i) => `${all}(?<n${i}>${part}`);
        const oracle = new RegExp(named, 'u');
        for (const one of texts) {
          const wanted = oracle.test(one);
          said[wanted ? 'yes' : 'no'] += 1;
          if (matches(named, one) !== wanted)
            throw new Error(`${named} for ${JSON.stringify(one)}: not ${wanted}`);
        }
      }),
      { numRuns: 300, seed: 8 },
    );
    expect(said.yes).toBeGreaterThan(200);
    expect(said.no).toBeGreaterThan(200);
  }, 30_000);

  test('and no program is larger than foretold', () => {
    const said = { compiled: 0, refused: 0 };
    fc.assert(
      fc.property(pattern, (source) => {
        const named = source.split('(?<n>').reduce((all, part, i) => `${all}(?<n${i}>${part}`);
        const re2 = fromEcma(named);
        let foretold: number;
        try {
          foretold = programSizeMax(re2);
        } catch (error) {
          expect(error).toHaveProperty('message', expect.stringContaining('too large'));
          said.refused += 1;
          return;
        }
        said.compiled += 1;
        expect(compilePattern(re2).size).toBeLessThanOrEqual(foretold);
      }),
      { numRuns: 300, seed: 9 },
    );
    expect(said.compiled).toBeGreaterThan(250);
  });
});

describe('what is too large is refused before it is parsed', () => {
  test.each([
    ['parentheses', '('.repeat(100_000)],
    ['parentheses within the length', '('.repeat(1_900)],
    ['closed ones', '('.repeat(900) + ')'.repeat(900)],
    ['repeats of repeats', '(?:(?:x?y?z?){10}){100}$'.replace('100}', '900}')],
    ['a thousand of a thousand', '(?:a{1000}){1000}'],
    ['properties', '\\p{L}'.repeat(300)],
    ['a class of properties', `[${'\\p{L}'.repeat(300)}]`],
    [
      'properties of many scripts',
      '\\p{Script=Greek}\\p{Script=Latin}\\p{Script=Thai}\\p{L}\\p{N}\\p{M}'.repeat(3),
    ],
    ['length', 'a'.repeat(PATTERN.lengthMax + 1)],
  ])('%s', (_, pattern) => {
    const began = performance.now();
    expect(() => compilePattern(fromEcma(pattern))).toThrow(/too large|longer|nests/);
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});

test('folding letters over a class of everything is refused before it is done', () => {
  const began = performance.now();
  expect(() => compilePattern(`(?i)${'[\\x{100}-\\x{1ffff}]'.repeat(80)}`)).toThrow(/too large/);
  expect(() => compilePattern('(?i)[a-z0-9]+@[a-z]+')).not.toThrow();
  expect(performance.now() - began).toBeLessThan(1_000);
});
