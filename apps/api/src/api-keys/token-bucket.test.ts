/** A bucket lets through what it says, whatever comes, and says when there is more. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TokenBucket } from './token-bucket.js';

describe('of ten a second', () => {
  it('ten come at once, and then one each tenth of a second', () => {
    const bucket = new TokenBucket(10, 0);
    for (let i = 0; i < 10; i += 1) expect(bucket.take(1, 0)).toBe(0);
    expect(bucket.take(1, 0)).toBe(1);
    expect(bucket.take(1, 100)).toBe(0);
    expect(bucket.take(1, 101)).toBe(1);
  });

  it('a batch of 256 passes, and is paid for', () => {
    const bucket = new TokenBucket(10, 0);
    expect(bucket.take(256, 0)).toBe(0);
    const wait = bucket.take(1, 0);
    expect(wait).toBe(25);
    expect(bucket.take(1, wait * 1_000 - 1_000)).toBe(1);
    expect(bucket.take(1, wait * 1_000)).toBe(0);
  });

  it('nothing is saved up beyond a second', () => {
    const bucket = new TokenBucket(10, 0);
    for (let i = 0; i < 10; i += 1) expect(bucket.take(1, 3_600_000)).toBe(0);
    expect(bucket.take(1, 3_600_000)).toBe(1);
  });
});

it('never more than its rate, a burst and one item; and what it said to wait is enough', () => {
  const step = fc.record({ amount: fc.integer({ min: 1, max: 256 }), afterMs: fc.nat({ max: 2_000 }) });
  let refused = 0;
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 500 }),
      fc.array(step, { minLength: 10, maxLength: 100 }),
      (perSecond, steps) => {
        const bucket = new TokenBucket(perSecond, 0);
        let now = 0;
        let letIn = 0;
        for (const { amount, afterMs } of steps) {
          now += afterMs;
          let wait = bucket.take(amount, now);
          if (wait > 0) {
            refused += 1;
            now += wait * 1_000;
            wait = bucket.take(amount, now);
          }
          expect(wait).toBe(0);
          letIn += amount;
          expect(letIn).toBeLessThanOrEqual((now / 1_000) * perSecond + perSecond + 256);
        }
      },
    ),
    { seed: 7, numRuns: 300 },
  );
  expect(refused).toBeGreaterThan(1_000);
});
