import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  leastForNewest,
  leastForWhole,
  nextRate,
  RECORDS_A_SECOND_MAX,
  shares,
  type Pass,
} from './pacing.js';

const pass = (tenantId: string, length: number, urgent = false, left = length): Pass => ({
  tenantId,
  length,
  left,
  urgent,
});

it('a pass over a ledger that fits the rate ends within half an hour', () => {
  let left = 1_000_000;
  for (let minute = 0; minute < 30; minute += 1)
    left -= shares([pass('a', 1_000_000, false, left)], 200_000).get('a')!;
  expect(left).toBe(0);
});

it('after a start a ledger is checked as fast as is allowed', () => {
  expect(shares([pass('a', 1_000_000, true)], 200_000).get('a')).toBe(200_000);
});

it('a long ledger takes nothing from short ones, and no more is given than there is', () => {
  const anyPass = fc.record({
    length: fc.nat({ max: 50_000_000 }),
    urgent: fc.boolean(),
    part: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  let spared = 0;
  fc.assert(
    fc.property(
      fc.array(anyPass, { minLength: 1, maxLength: 20 }),
      fc.nat({ max: 300_000 }),
      (some, budget) => {
        const passes = some.map(({ length, urgent, part }, i) =>
          pass(String(i), length, urgent, Math.floor(length * part)),
        );
        const given = shares(passes, budget);
        const sum = [...given.values()].reduce((a, b) => a + b, 0);
        expect(sum).toBeLessThanOrEqual(budget);
        for (const { tenantId, left, length, urgent } of passes) {
          const share = given.get(tenantId)!;
          expect(share).toBeLessThanOrEqual(left);
          // Whoever got less than an equal share needed no more.
          if (share >= Math.floor(budget / passes.length)) continue;
          spared += 1;
          expect(share).toBe(urgent ? left : Math.min(left, Math.max(500, Math.ceil(length / 30))));
        }
      },
    ),
    { seed: 17, numRuns: 500 },
  );
  expect(spared).toBeGreaterThan(500);
});

it('yields to what else there is to do, down to the least rate and never below it, and comes back', () => {
  const least = leastForWhole(1_600_000, 1);
  expect(least).toBeLessThan(RECORDS_A_SECOND_MAX / 5);
  let rate = RECORDS_A_SECOND_MAX;
  for (let pause = 0; pause < 10; pause += 1) rate = nextRate(rate, 0.9, least);
  expect(rate).toBe(least);
  expect(nextRate(rate, 0.4, least)).toBe(least);
  for (let pause = 0; pause < 20; pause += 1) rate = nextRate(rate, 0.05, least);
  expect(rate).toBe(RECORDS_A_SECOND_MAX);
});

it('however busy the process is, a pass ends within the hour and new records are followed within five minutes', () => {
  let slow = 0;
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9_000_000 }),
      fc.integer({ min: 0, max: 1_000 }),
      (length, newOnesASecond) => {
        let left = length;
        let seconds = 0;
        let minutes = 1;
        while (left > 0) {
          const unproved = newOnesASecond * minutes * 60;
          const following = unproved / leastForNewest(unproved);
          expect(following).toBeLessThanOrEqual(300 - 60);
          const rate = leastForWhole(length, minutes);
          if (rate === RECORDS_A_SECOND_MAX) return;
          const budget = Math.floor(rate * 50);
          const share = shares([pass('a', length, false, left)], budget, minutes).get('a')!;
          left -= share;
          const tookS = Math.max(60, following + share / rate);
          seconds += tookS;
          minutes = tookS / 60;
        }
        slow += 1;
        expect(seconds).toBeLessThanOrEqual(3_600);
      },
    ),
    { seed: 29, numRuns: 300 },
  );
  expect(slow).toBeGreaterThan(100);
});
