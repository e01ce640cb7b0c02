import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compositeKey, partsOf } from './composite-key.js';

test.each([
  [['user', 'mia'], 'user/mia'],
  [['user', 'a/b'], 'user/a~1b'],
  [['user/a', 'b'], 'user~1a/b'],
  [['user~1a', 'b'], 'user~01a/b'],
])('%j is called %s', (parts, name) => {
  expect(compositeKey(...parts)).toBe(name);
});

/** Made to run together: few characters, all of them separators or escapes of somebody's. */
const part = fc.string({ unit: fc.constantFrom('a', '/', '~', '0', '1', ':', '\n', '|'), maxLength: 4 });
const parts = fc.array(part, { minLength: 2, maxLength: 3 });

test('no two lists of parts have one name', () => {
  const seen = new Map<string, readonly string[]>();
  let met = 0;
  fc.assert(
    fc.property(parts, (one) => {
      const name = compositeKey(...one);
      expect(partsOf(name)).toEqual(one);
      if (seen.has(name)) met++;
      expect(seen.get(name) ?? one).toEqual(one);
      seen.set(name, one);
    }),
    { numRuns: 20_000, seed: 10 },
  );
  expect(met).toBeGreaterThan(100);
});
