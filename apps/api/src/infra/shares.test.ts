/** A sum in shares: nobody holds more than theirs, all together no more than the sum, and what is given back is there again. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exhausted, Shares } from './shares.js';

it('tells one’s own doing from everybody’s', () => {
  const shares = new Shares({ total: 100, share: 40 });
  expect(shares.take('a', 40)).toBeUndefined();
  expect(shares.take('a', 1)).toBe('share');
  expect(shares.take('b', 40)).toBeUndefined();
  expect(shares.take('c', 21)).toBe('total');
  expect(shares.take('c', 20)).toBeUndefined();
  expect(exhausted('share', 'x')).toMatchObject({ code: 'rate_limited', details: { retryAfterSeconds: 1 } });
  expect(exhausted('total', 'x')).toMatchObject({ code: 'unavailable', details: { retryAfterSeconds: 1 } });
});

it('never exceeds either, and refuses nothing that fits', () => {
  const limits = { total: 100, share: 40 };
  const step = fc.record({
    who: fc.constantFrom('a', 'b', 'c', 'd'),
    amount: fc.integer({ min: 1, max: 50 }),
  });
  let refused = 0;
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), step), { minLength: 20, maxLength: 100 }), (steps) => {
      const shares = new Shares(limits);
      const held: { who: string; amount: number }[] = [];
      for (const [takes, one] of steps) {
        if (!takes) {
          const given = held.shift();
          if (given !== undefined) shares.giveBack(given.who, given.amount);
          continue;
        }
        const own = held.filter(({ who }) => who === one.who).reduce((sum, { amount }) => sum + amount, 0);
        const all = held.reduce((sum, { amount }) => sum + amount, 0);
        const fits = own + one.amount <= limits.share && all + one.amount <= limits.total;
        expect(shares.take(one.who, one.amount) === undefined).toBe(fits);
        if (fits) held.push(one);
        else refused += 1;
      }
      expect(shares.taken).toBe(held.reduce((sum, { amount }) => sum + amount, 0));
    }),
    { seed: 7, numRuns: 300 },
  );
  expect(refused).toBeGreaterThan(300);
});
