import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { picoUsdOf, usdText } from './money.js';

describe('money', () => {
  it.each([
    ['0.019545', 19_545_000_000n],
    [0.04563500000000001, 45_635_000_000n],
    ['3e-06', 3_000_000n],
    [1e-12, 1n],
    ['0.0000000000005', 1n],
    ['0.0000000000004', 0n],
    ['5', 5_000_000_000_000n],
    ['.5', 500_000_000_000n],
    ['0e999', 0n],
  ])('is read to the last digit: %s', (said, amount) => {
    expect(picoUsdOf(said)).toBe(amount);
  });

  it.each(['', '.', '-1', 'NaN', 'Infinity', '1e40', '1e999', '0x10', '1,5', '9999999999', 'e5'])(
    'is not read from %s',
    (said) => {
      expect(picoUsdOf(said)).toBeNull();
    },
  );

  it('is the same after it was written', () => {
    let asserted = 0;
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 20n), (amount) => {
        asserted += 1;
        return picoUsdOf(usdText(amount)) === amount;
      }),
      { seed: 8, numRuns: 1_000 },
    );
    expect(asserted).toBe(1_000);
    expect(usdText(-1_500_000_000_000n)).toBe('-1.5');
  });
});
