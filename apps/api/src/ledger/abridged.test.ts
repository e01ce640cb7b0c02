import { createHash } from 'node:crypto';
import { canonical } from '@reeve/audit';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Json } from '@reeve/policy';
import { abridged } from './abridged.js';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const long = (count: number, length = 40) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`cell ${i}`, 'x'.repeat(length)]));

it('a usual change stands in its record whole', () => {
  const before = { revision: 1, values: long(10) };
  expect(abridged(before, null)).toEqual({ recorded: { before, after: null }, attachments: [] });
});

it('a long change is recorded by digest and names, with the whole beside it', () => {
  const after = { revision: 2, digest: 'd', values: long(10_000) };
  const { recorded, attachments } = abridged({ revision: 1 }, after);
  expect(recorded.before).toEqual({ revision: 1 });
  expect(recorded.after).toMatchObject({
    revision: 2,
    digest: 'd',
    values: { abridged: true, count: 10_000, digest: sha256(canonical(after.values)) },
  });
  expect(attachments).toEqual([{ side: 'after', content: canonical(after) }]);
  expect(recorded.whole).toEqual({ after: sha256(canonical(after)) });
});

it('whatever changed, what is recorded is short, and the whole is its digest’s', () => {
  const some = fc.oneof(
    fc.nat({ max: 100_000 }).map((n) => 'ä"'.repeat(n)),
    fc.nat({ max: 6_000 }).map((n) => long(n)),
    fc.nat({ max: 1_500 }).map((n) => ({ a: { b: long(n, 100) }, c: long(n, 20), ...long(n, 60) })),
    fc.nat({ max: 10_000 }).map((n) => Array.from({ length: n }, (_, i) => `subject:${i}`)),
    fc.jsonValue(),
  ) as fc.Arbitrary<Json>;
  let long_ = 0;
  fc.assert(
    fc.property(some, some, (before, after) => {
      const { recorded, attachments } = abridged(before, after);
      expect(Buffer.byteLength(canonical(recorded))).toBeLessThan(300 * 1024);
      for (const { side, content } of attachments) {
        expect(content).toBe(canonical({ before, after }[side]));
        expect(recorded.whole![side]).toBe(sha256(content));
      }
      if (attachments.length > 0) long_ += 1;
    }),
    { seed: 5, numRuns: 60 },
  );
  expect(long_).toBeGreaterThan(20);
});
