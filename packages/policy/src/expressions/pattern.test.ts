/** What a pattern keeps of its steps changes neither its answers nor their price. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newMeter, payFrom, unmetered } from './meter.js';
import { automaton, type Pattern } from './pattern.js';

function asked(pattern: Pattern, text: string) {
  const meter = newMeter();
  payFrom(meter);
  return { found: pattern.test(text), left: meter.left };
}

const piece = fc.constantFrom(
  'a',
  'b',
  '[a-c]',
  '[^b]',
  '.',
  '\\d',
  '\\w',
  '\\b',
  '\\B',
  '(?m:^)',
  '(?m:$)',
  '\u00e9',
  '(?i:k)',
);
const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small' },
    piece,
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `${a}${b}`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `(?:${a}|${b})`),
    fc
      .tuple(tie('expression'), fc.constantFrom('*', '+', '?', '{2,3}'))
      .map(([a, times]) => `(?:${a})${times}`),
  ),
}));
const source = fc
  .tuple(fc.constantFrom('', '^', '\\A'), expression, fc.constantFrom('', '$', '\\z'))
  .map((parts) => parts.join(''));
const text = fc.string({
  unit: fc.constantFrom(
    'a',
    'b',
    'c',
    'k',
    '1',
    '_',
    ' ',
    '\n',
    '-',
    '\u00e9',
    '\u212a',
    '\u{1f600}',
    '\ud800',
  ),
  maxLength: 24,
});

test('with places kept, with room for a few and with none: the same answer at the same price', () => {
  const counted = { found: 0, not: 0 };
  fc.assert(
    fc.property(source, fc.array(text, { minLength: 1, maxLength: 4 }), (written, texts) => {
      const kept = automaton(written, 1);
      const few = automaton(written, 1, 2);
      const none = automaton(written, 1, 0);
      for (const one of [...texts, ...texts]) {
        const wanted = asked(none, one);
        counted[wanted.found ? 'found' : 'not'] += 1;
        expect(asked(kept, one)).toEqual(wanted);
        expect(asked(few, one)).toEqual(wanted);
      }
    }),
    { seed: 41, numRuns: 3_000 },
  );
  expect(counted.found).toBeGreaterThan(2_000);
  expect(counted.not).toBeGreaterThan(2_000);
});

test('more patterns than all may keep places of: right before all of it is forgotten, and after', () => {
  const patterns = Array.from({ length: 400 }, (_, i) => automaton(`^[a-z]+_${i}x?$`, 1));
  const long = automaton('^a*$', 1);
  unmetered(() => {
    for (let turn = 0; turn < 3; turn++) {
      for (const [i, pattern] of patterns.entries()) {
        expect(pattern.test(`customer_${i}x`)).toBe(true);
        expect(pattern.test(`customer_${i}y`)).toBe(false);
      }
      expect(long.test('a'.repeat(1_000_000))).toBe(true);
    }
  });
});
