import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readApplied, textOf, type Applied } from './applied.js';
import { Deltas } from './deltas.js';
import { SUM_COLUMNS } from './sums.js';

const applied: fc.Arbitrary<Applied> = fc.record({
  seriesId: fc.constantFrom('1', '-9223372036854775808', '77'),
  minute: fc.integer({ min: 0, max: 200 }),
  bin: fc.option(fc.integer({ min: -1, max: 5 })),
  sums: fc.array(fc.bigInt(0n, 10n ** 18n), { minLength: SUM_COLUMNS.length, maxLength: SUM_COLUMNS.length }),
  user: fc.option(fc.constantFrom('u', 'v')),
});

describe('what is applied of a span', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(applied, (of) => {
        expect(readApplied(textOf(of), of.user)).toEqual(of);
      }),
      { seed: 26, numRuns: 300 },
    );
    expect.assertions(300);
  });

  it('leaves nothing when all of it is taken back, in whatever order', () => {
    fc.assert(
      fc.property(fc.array(applied, { maxLength: 12 }), (all) => {
        const deltas = new Deltas();
        for (const of of all) deltas.add(of);
        for (const of of [...all].reverse()) deltas.takeBack(of);
        expect([deltas.rollups(), deltas.latencyBins(), deltas.userSpend()]).toEqual([[], [], []]);
      }),
      { seed: 26, numRuns: 300 },
    );
    expect.assertions(300);
  });

  it('is in the sum of its minute and of its hour', () => {
    const deltas = new Deltas();
    const sums = SUM_COLUMNS.map(() => 2n);
    for (const minute of [59, 60, 61]) deltas.add({ seriesId: '1', minute, bin: 3, sums, user: 'u' });
    expect(deltas.rollups().map(({ grain, at, sums: [spans] }) => [grain, at, spans])).toEqual([
      ['h', 0, 2n],
      ['h', 60, 4n],
      ['m', 59, 2n],
      ['m', 60, 2n],
      ['m', 61, 2n],
    ]);
    expect(
      deltas
        .latencyBins()
        .filter(({ grain }) => grain === 'h')
        .map(({ at, n }) => [at, n]),
    ).toEqual([
      [0, 1],
      [60, 2],
    ]);
    expect(deltas.userSpend().map(({ at }) => at)).toEqual([0, 60]);
  });
});
