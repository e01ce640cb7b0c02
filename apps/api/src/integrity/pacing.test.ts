import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shares, type Pass } from './pacing.js';

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
