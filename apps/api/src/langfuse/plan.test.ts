import { expect, test } from 'vitest';
import fc from 'fast-check';
import { nextWindow, waitMs } from './plan.js';

const at = (hour: number, minute: number) => new Date(Date.UTC(2026, 10, 26, hour, minute));

test('windows overlap by a quarter of an hour, and once an hour by six', () => {
  expect(nextWindow(at(12, 10), at(1, 0), at(12, 11))).toEqual({ from: at(11, 55), to: at(12, 11) });
  expect(nextWindow(at(12, 59), at(1, 0), at(13, 0))).toEqual({ from: at(6, 59), to: at(13, 0) });
  expect(nextWindow(null, at(12, 0), at(12, 1))).toEqual({ from: at(6, 0), to: at(12, 1) });
});

test('whatever the clock has done, nothing lies between one window and the next', () => {
  let asserted = 0;
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -10_000, max: 10_000 }), { minLength: 2, maxLength: 20 }),
      (minutes) => {
        let watermark: Date | null = null;
        for (const minute of minutes) {
          const now = new Date(at(12, 0).getTime() + minute * 60_000);
          const { from, to } = nextWindow(watermark, at(0, 0), now);
          expect(to).toEqual(now);
          expect(from < now).toBe(true);
          if (watermark !== null) {
            expect(from < watermark).toBe(true);
            asserted += 1;
          }
          watermark = to;
        }
      },
    ),
    { seed: 8, numRuns: 200 },
  );
  expect(asserted).toBeGreaterThan(1_000);
});

test('waits grow and have an end', () => {
  expect([0, 1, 2, 3].map(waitMs)).toEqual([5_000, 10_000, 20_000, 40_000]);
  expect(waitMs(50)).toBe(300_000);
});
