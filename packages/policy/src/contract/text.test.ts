import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isReason, isSeen, trimmed } from './seen.js';
import { DisplayName, isStorable, ReasonText } from './text.js';

const accepts = (schema: typeof ReasonText, text: string) => schema.safeParse(text).success;

test.each([
  ['zero widths', '\u200B'.repeat(20)],
  ['Hangul fillers', '\u3164'.repeat(20)],
  ['Braille blanks', '\u2800'.repeat(20)],
  ['tags', '\u{E0041}'.repeat(20)],
  ['no-break spaces', '\u00A0'.repeat(20)],
  ['soft hyphens', '\u00AD'.repeat(20)],
  ['variation selectors', '\uFE0F'.repeat(20)],
  ['marks without a letter', '\u0301'.repeat(20)],
  ['one letter in a crowd of them', `a${'\u200B'.repeat(20)}`],
])('a reason of %s is none', (_, text) => {
  expect(accepts(ReasonText, text)).toBe(false);
  expect(isReason(text)).toBe(false);
});

test('a reason has eight characters, the spaces between its words among them', () => {
  for (const reason of ['On leave', ' On leave\n', 'a b c d e'])
    expect(accepts(ReasonText, reason) && isReason(reason), reason).toBe(true);
  for (const reason of ['On  leav', 'On\u200B leav', 'o        n', '.\u3164.       '])
    expect(accepts(ReasonText, reason) || isReason(reason), reason).toBe(false);
});

test.each([
  ['zero widths', '\u200B\u200B'],
  ['an override', 'ab\u202Ecd'],
  ['an isolate', '\u2066ab\u2069'],
  ['a line break', 'ab\ncd'],
  ['NUL', 'ab\0cd'],
  ['half a pair', 'ab\uD800'],
  ['too much', 'a'.repeat(121)],
])('a name with %s is refused', (_, text) => {
  expect(accepts(DisplayName, text)).toBe(false);
});

test('what people write is taken, whatever their script, and trimmed', () => {
  for (const name of ['Łukasz', '李小龍', 'محمد', 'שָׁלוֹם', "O'Neil-Smith Jr.", 'प्रिया', '👩‍💻 Ada'])
    expect(DisplayName.parse(`\u00A0 ${name}\u200B`)).toBe(name);
  expect(ReasonText.parse('  Suspected abuse\n')).toBe('Suspected abuse');
  expect(accepts(ReasonText, 'إيقاف مؤقت للتحقيق')).toBe(true);
  expect(trimmed('\uFEFF a b \u2003')).toBe('a b');
});

test('whatever is taken can be kept and seen', () => {
  let taken = 0;
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.oneof(
          fc.constantFrom('\0', '\uD800', '\u200B', '\u202E', '\u3164', ' ', '\n', 'a'),
          fc.string({ minLength: 1, maxLength: 1, unit: 'binary' }),
        ),
        maxLength: 40,
      }),
      (text) => {
        for (const schema of [ReasonText, DisplayName]) {
          const parsed = schema.safeParse(text);
          if (!parsed.success) continue;
          taken += 1;
          expect(isStorable(parsed.data) && isSeen(parsed.data)).toBe(true);
          expect(schema.parse(parsed.data)).toBe(parsed.data);
        }
      },
    ),
    { seed: 11, numRuns: 3_000 },
  );
  expect(taken).toBeGreaterThan(200);
});
