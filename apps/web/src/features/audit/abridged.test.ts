import { expect, it } from 'vitest';
import { abridgedWords, isAbridged } from './abridged.js';
import { changeTold, valueWords } from './change-sentence.js';

const of = (
  count: number,
  bytes: number,
  names = Array.from({ length: Math.min(count, 100) }, (_, i) => `t${i}`),
) => ({
  abridged: true as const,
  digest: 'a'.repeat(64),
  bytes,
  count,
  names,
});

it.each([
  [of(40_000, 12_000_000), '40,000 entries, 12.0 MB, among them: t0, t1, t2, t3, t4'],
  [of(2, 20_000), '2 entries, 20 kB: t0, t1'],
  [of(1, 20_000), '1 entry, 20 kB: t0'],
  [of(0, 200_000), '200 kB'],
])('says how much there is and what of it', (value, words) => {
  expect(abridgedWords(value)).toBe(words);
});

it.each([null, 'x', { abridged: true }, { ...of(1, 1), names: [1] }, { ...of(1, 1), abridged: 'true' }])(
  'takes nothing else for it: %j',
  (value) => expect(isAbridged(value)).toBe(false),
);

it('is one value of a change, not the members of its summary', () => {
  const told = changeTold({
    actor: 'Ana',
    action: 'policy.publish',
    target: 'policy',
    targetName: null,
    before: { tools: of(2, 20_000) },
    after: { tools: of(3, 30_000) },
  });
  expect(told.differences).toMatchObject([{ path: 'tools' }]);
  expect(told.digests).toEqual([]);
  expect(told.differences.map(({ after }) => valueWords(after))).toEqual(['3 entries, 30 kB: t0, t1, t2']);
});
