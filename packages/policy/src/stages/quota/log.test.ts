import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { QuotaLog } from '../../vocabulary.js';
import { resetsAt, spend, used } from './log.js';

/** Spends whenever the log says there is allowance, at these times; the times at which it did. */
function drive(
  times: readonly number[],
  limit: number,
  windowMs: number,
  seen: (log: QuotaLog) => void = () => {},
) {
  const spent: number[] = [];
  let log: QuotaLog = [];
  for (const now of times) {
    if (used(log, now, windowMs) >= limit) continue;
    log = spend(log, now, windowMs);
    spent.push(now);
    seen(log);
  }
  return spent;
}

/** The most spends in any half-open window: one that starts at a spend holds as many as any other. */
const mostInAWindow = (spent: readonly number[], windowMs: number) =>
  Math.max(0, ...spent.map((from) => spent.filter((at) => at >= from && at < from + windowMs).length));

/** Times that do not go back: bursts, gaps, and the borders of windows and slices. */
const times = (windowMs: number, length: number) =>
  fc
    .array(
      fc.oneof(
        fc.constantFrom(0, 0, 1, windowMs - 1, windowMs, Math.floor(windowMs / 32)),
        fc.nat(windowMs >> 4),
      ),
      { maxLength: length },
    )
    .map((steps) =>
      steps.reduce<number[]>((all, step) => [...all, (all.at(-1) ?? 1_700_000_000_000) + step], []),
    );

const window = fc.constantFrom(1, 10, 63, 64, 1000, 60_000, 86_400_000);

describe('never more than N in any half-open window', () => {
  test('with few entries', () => {
    fc.assert(
      fc.property(
        window.chain((windowMs) =>
          fc.tuple(fc.constant(windowMs), times(windowMs, 60), fc.integer({ min: 1, max: 10 })),
        ),
        ([windowMs, at, limit]) => {
          expect(mostInAWindow(drive(at, limit, windowMs), windowMs)).toBeLessThanOrEqual(limit);
        },
      ),
    );
  });

  test('with many, when entries merge', () => {
    fc.assert(
      fc.property(
        fc
          .constantFrom(6400, 100_000)
          .chain((windowMs) =>
            fc.tuple(
              fc.constant(windowMs),
              fc.array(fc.nat(Math.floor(windowMs / 100)), { minLength: 300, maxLength: 900 }),
              fc.integer({ min: 130, max: 400 }),
            ),
          ),
        ([windowMs, steps, limit]) => {
          let now = 0;
          const at = steps.map((step) => (now += step));
          const spent = drive(at, limit, windowMs, (log) => expect(log.length).toBeLessThanOrEqual(64));
          expect(mostInAWindow(spent, windowMs)).toBeLessThanOrEqual(limit);
        },
      ),
      { numRuns: 60 },
    );
  });
});

/** Every spend at its own time, forever: what the log stands for. */
const exactly = (spent: readonly number[], now: number, windowMs: number) =>
  spent.filter((at) => at > now - windowMs).length;

test('exact up to 64 entries: it refuses only what brute force refuses', () => {
  fc.assert(
    fc.property(
      window.chain((windowMs) =>
        fc.tuple(fc.constant(windowMs), times(windowMs, 64), fc.integer({ min: 1, max: 40 })),
      ),
      ([windowMs, at, limit]) => {
        const spent: number[] = [];
        for (const now of at) if (exactly(spent, now, windowMs) < limit) spent.push(now);
        expect(drive(at, limit, windowMs)).toEqual(spent);
      },
    ),
  );
});

test('beyond that it is at most 1/32 of a window late, and never early', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(60), { minLength: 200, maxLength: 600 }), fc.nat(20_000), (steps, later) => {
      const windowMs = 6400;
      let now = 0;
      let log: QuotaLog = [];
      const spent = steps.map((step) => (now += step));
      for (const at of spent) log = spend(log, at, windowMs);
      const then = now + later;
      const counted = used(log, then, windowMs);
      expect(counted).toBeGreaterThanOrEqual(exactly(spent, then, windowMs));
      expect(counted).toBeLessThanOrEqual(exactly(spent, then - windowMs / 32, windowMs));
    }),
  );
});

test('many spends of one batch at the same millisecond are all counted', () => {
  let log: QuotaLog = [];
  for (let i = 0; i < 5000; i++) log = spend(log, 42, 1000);
  expect(log).toEqual([[42, 5000]]);
});

test('a spend counts until exactly a window later', () => {
  const log = spend([], 1000, 500);
  expect(used(log, 1499, 500)).toBe(1);
  expect(used(log, 1500, 500)).toBe(0);
});

test('time that seems to go back counts as the newest entry, so nothing is released early', () => {
  const log = spend(spend([], 1000, 500), 900, 500);
  expect(log).toEqual([[1000, 2]]);
  expect(used(log, 900, 500)).toBe(2);
});

test('the given log stays as it is', () => {
  const log: QuotaLog = Object.freeze([Object.freeze([1, 1] as const)]);
  expect(spend(log, 1, 100)).toEqual([[1, 2]]);
  expect(log).toEqual([[1, 1]]);
});

describe('resetsAt', () => {
  test('is the first instant with allowance', () => {
    let waited = 0;
    fc.assert(
      fc.property(times(1000, 40), fc.integer({ min: 1, max: 10 }), (at, limit) => {
        const now = at.at(-1) ?? 0;
        let log: QuotaLog = [];
        for (const one of at) if (used(log, one, 1000) < limit) log = spend(log, one, 1000);
        const reset = resetsAt(log, now, 1000, limit)!;
        expect(used(log, reset, 1000)).toBeLessThan(limit);
        if (reset === now) return;
        expect(used(log, reset - 1, 1000)).toBe(limit);
        waited += 1;
      }),
      { numRuns: 500, seed: 20 },
    );
    expect(waited).toBeGreaterThan(100);
  });

  test('is now when there is some left, and never for a quota of none', () => {
    expect(resetsAt([], 5, 1000, 1)).toBe(5);
    expect(resetsAt([], 5, 1000, 0)).toBeNull();
  });

  test('waits for as many as a lowered limit needs', () => {
    const log: QuotaLog = [
      [0, 2],
      [100, 2],
      [200, 1],
    ];
    expect(resetsAt(log, 300, 1000, 2)).toBe(1100);
  });
});
