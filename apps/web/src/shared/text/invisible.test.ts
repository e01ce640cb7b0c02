import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hiddenCount, visibleParts } from './invisible.js';

test('names what cannot be seen', () => {
  expect(visibleParts('pay\u200b now\u202e!')).toEqual([
    { text: 'pay', hidden: false },
    { text: 'zero width space', hidden: true },
    { text: ' now', hidden: false },
    { text: 'right-to-left override', hidden: true },
    { text: '!', hidden: false },
  ]);
});

test('reads tag characters, which spell ASCII', () => {
  expect(visibleParts('\u{E0069}\u{E0067}').map(({ text }) => text)).toEqual(['tag i', 'tag g']);
});

test('leaves lines, tabs, accents and emoji alone', () => {
  expect(hiddenCount('Zoë\tpaid\n€ 5 👍')).toBe(0);
});

test('draws every plain character and nothing that is hidden', () => {
  const unit = fc.constantFrom(
    'a',
    ' ',
    '\n',
    '€',
    '👍',
    '\u200b',
    '\u202e',
    '\u2066',
    '\ufeff',
    '\u{E0041}',
    '\u0007',
  );
  fc.assert(
    fc.property(fc.string({ unit }), (text) => {
      const drawn = visibleParts(text)
        .filter(({ hidden }) => !hidden)
        .map((part) => part.text)
        .join('');
      return drawn === text.replaceAll(/[\u200b\u202e\u2066\ufeff\u{E0041}\u0007]/gu, '');
    }),
  );
});
