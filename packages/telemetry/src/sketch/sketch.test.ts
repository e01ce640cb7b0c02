import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binOf, quantile, RELATIVE_ERROR, valueOf, ZERO_BIN } from './sketch.js';

const MS = 1_000_000n;

function binsOf(durations: readonly bigint[]): Map<number, number> {
  const bins = new Map<number, number>();
  for (const one of durations) bins.set(binOf(one), (bins.get(binOf(one)) ?? 0) + 1);
  return bins;
}

/** The nearest rank, by sorting. */
function exactly(durations: readonly bigint[], q: number): bigint {
  const sorted = [...durations].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const found = sorted.find((_, index) => (index + 1) / sorted.length >= q);
  if (found === undefined) throw new Error('no durations');
  return found;
}

const isWithin = (value: number, exact: bigint) =>
  Math.abs(value - Number(exact)) <= Number(exact) * (RELATIVE_ERROR + 1e-9);

describe('a quantile', () => {
  it('is within 1 % of the exact one, whatever the durations, the quantile and the split in parts', () => {
    let asserted = 0;
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(fc.bigInt(0n, 50n), fc.bigInt(0n, 10_000n * MS), fc.bigInt(0n, 31_622_400_000_000_000n)),
          {
            minLength: 1,
            maxLength: 200,
          },
        ),
        fc.constantFrom(0.01, 0.07, 0.25, 0.5, 0.9, 0.95, 0.99, 0.995, 1),
        fc.nat(200),
        (durations, q, cut) => {
          const merged = binsOf(durations.slice(0, cut));
          for (const [bin, count] of binsOf(durations.slice(cut)))
            merged.set(bin, (merged.get(bin) ?? 0) + count);
          asserted += 1;
          return isWithin(quantile(merged, q) ?? -1, exactly(durations, q));
        },
      ),
      { seed: 8, numRuns: 2_000 },
    );
    expect(asserted).toBe(2_000);
  });

  it('is the minute’s own again after what was added is taken away', () => {
    const before = binsOf([40n * MS, 50n * MS, 60n * MS]);
    const after = new Map(before);
    for (const [bin, count] of binsOf([5_000n * MS])) after.set(bin, (after.get(bin) ?? 0) + count);
    for (const [bin, count] of binsOf([5_000n * MS])) after.set(bin, (after.get(bin) ?? 0) - count);
    expect(quantile(after, 1)).toBe(quantile(before, 1));
  });

  it('over two minutes is of both together, not a mean of theirs', () => {
    const both = [
      ...Array.from({ length: 90 }, () => 120n * MS),
      ...Array.from({ length: 10 }, () => 3_000n * MS),
      ...Array.from({ length: 900 }, () => 40n * MS),
    ];
    const ms = (q: number) => (quantile(binsOf(both), q) ?? Number.NaN) / Number(MS);
    expect(isWithin(ms(0.5), 40n)).toBe(true);
    expect(isWithin(ms(0.95), 120n)).toBe(true);
    expect(isWithin(ms(0.99), 120n)).toBe(true);
    expect(isWithin(ms(0.995), 3_000n)).toBe(true);
  });

  it('is by nearest rank: p95 of 1..10 is 10, the median of 1..4 is 2, p7 of 100 is the seventh', () => {
    const upTo = (n: number) => binsOf(Array.from({ length: n }, (_, i) => BigInt(i + 1) * MS));
    expect(isWithin(quantile(upTo(10), 0.95) ?? 0, 10n * MS)).toBe(true);
    expect(isWithin(quantile(upTo(4), 0.5) ?? 0, 2n * MS)).toBe(true);
    expect(isWithin(quantile(upTo(100), 0.07) ?? 0, 7n * MS)).toBe(true);
  });

  it('knows zero, and none of nothing', () => {
    expect(binOf(0n)).toBe(ZERO_BIN);
    expect(binOf(1n)).toBe(0);
    expect(quantile(new Map([[ZERO_BIN, 3]]), 0.5)).toBe(0);
    expect(quantile(new Map(), 0.5)).toBeNull();
    expect(quantile(new Map([[5, 0]]), 0.5)).toBeNull();
    expect(() => binOf(-1n)).toThrow(RangeError);
  });

  it('never leaves two durations in one bin that are more than 2 % apart', () => {
    for (let ns = 1; ns < 1e16; ns = ns * 1.003 + 1) {
      expect(isWithin(valueOf(binOf(BigInt(Math.floor(ns)))), BigInt(Math.floor(ns)))).toBe(true);
    }
  });
});
