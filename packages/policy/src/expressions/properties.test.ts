/** Properties are written out as the ranges that Unicode gives them, and the engine never has to find them itself. */
import { describe, expect, test } from 'vitest';
import { compilePattern } from './pattern.js';
import { programSizeMax } from './program-size.js';
import { rangesOf, withoutProperties } from './properties.js';
import { CATEGORIES, SCRIPTS, UNICODE } from './unicode-data.js';

const LAST = 0x10ffff;
const namesOf = ({ names }: typeof CATEGORIES) => names.split(' ');

describe.runIf(process.versions['unicode'] === UNICODE)('as this platform has it, each character', () => {
  test.each([
    ['has one general category', namesOf(CATEGORIES), 'gc'],
    ['has one script', namesOf(SCRIPTS), 'Script'],
  ])('%s', (_, names, property) => {
    const owner: (number | undefined)[] = Array.from({ length: LAST + 1 });
    for (const [i, name] of names.entries())
      for (const [from, to] of rangesOf(name)!) {
        expect(owner.slice(from, to + 1).every((one) => one === undefined)).toBe(true);
        owner.fill(i, from, to + 1);
      }
    const expressions = names.map((name) => new RegExp(`\\p{${property}=${name}}`, 'u'));
    const wrong = owner.flatMap((i, code) =>
      i !== undefined && expressions[i]?.test(String.fromCodePoint(code)) ? [] : [code.toString(16)],
    );
    expect(wrong).toEqual([]);
  });
});

test('no property that the engine has a table of is left to it', () => {
  const all = [
    ...namesOf(CATEGORIES),
    ...namesOf(SCRIPTS),
    'L',
    'M',
    'N',
    'P',
    'S',
    'Z',
    'C',
    'LC',
    'Lc',
    'Assigned',
  ];
  for (const name of all)
    for (const source of [`\\p{${name}}`, `[a\\P{${name}}]`, `\\p{^${name}}+`])
      expect(withoutProperties(source)).not.toMatch(/\\[pP]/);
  expect(withoutProperties('a\\pL|[\\PN]')).not.toMatch(/\\[pP]/);
});

test.each([
  ['\\p{L}', 'é', '1'],
  ['\\PL', '1', 'é'],
  ['\\p{^L}', '1', 'é'],
  ['\\P{^L}', 'é', '1'],
  ['[^\\p{L}1]', '2', 'é'],
  ['[]\\p{N}]', ']', 'a'],
  ['[^]\\p{N}]', 'a', ']'],
  ['[-\\p{N}]', '-', '+'],
  ['[a\\-\\p{N}]', '7', 'b'],
  ['[\\p{N}-z]', '-', 'y'],
  ['[[:alpha:]\\p{N}]', '٣', 'é'],
  ['[\\p{Lu}\\p{Ll}]', 'é', '中'],
  ['\\p{LC}', 'ǅ', 'ʰ'],
  ['\\p{Assigned}', 'a', '\u{e0fff}'],
  ['\\p{Cs}', '\ud800', '\ue000'],
  ['\\p{Han}', '𠀀', 'a'],
  ['\\p{Any}', 'a', null],
  ['\\\\p{1}', '\\p', '\\é'],
])('%s takes %j and not %j', (source, taken, refused) => {
  const pattern = compilePattern(`^(?:${source})$`);
  expect(pattern.test(taken)).toBe(true);
  if (refused !== null) expect(pattern.test(refused)).toBe(false);
});

test.each([
  ['[a-\\p{L}]', /a range that ends with a property/],
  ['[!\\\\-\\p{Greek}]', /a range that ends with a property/],
  ['(?i)\\p{Lu}', /folds the letters of a property: Lu/],
  ['(?i)[\\x{100}-\\x{1ffff}]', /too large/],
  ['\\p{Nobody}', /invalid character class range/],
  ['\\p{Greek', /./],
  ['\\p', /./],
  ['\\p{}', /./],
])('%s is refused', (source, why) => {
  expect(() => compilePattern(source)).toThrow(why);
});

test('what is read is paid for once, what is run each time it is repeated', () => {
  const once = programSizeMax('[\\p{L} ]');
  expect(programSizeMax('[\\p{L} ]{50}')).toBeLessThan(10 * once);
  expect(programSizeMax('[\\p{L} ][\\p{L} ]')).toBeGreaterThan(1.9 * once);
  expect(() => programSizeMax('\\p{L}'.repeat(20))).toThrow(/too large/);
  expect(() => compilePattern("^[\\p{L}\\p{M}\\p{N}\\p{Zs}'.-]{1,20}$")).not.toThrow();
});
