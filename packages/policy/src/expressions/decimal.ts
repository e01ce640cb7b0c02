/**
 * Decimals, exactly. A number of JSON is a double, and 19.99 / 0.01 is 1998.9999999999998; what its author wrote is the
 * shortest decimal that gives this double, and by that 19.99 is 1999 times 0.01.
 */
import { charge } from './meter.js';

interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

/** True where `value` is a whole number of times `divisor`, which is above 0. */
export function isMultiple(value: number, divisor: number): boolean {
  if (Number.isSafeInteger(value) && Number.isSafeInteger(divisor)) return value % divisor === 0;
  const [a, b] = [decimal(value), decimal(divisor)];
  charge(20 + (Math.abs(a.exponent - b.exponent) >> 1));
  const exponent = Math.min(a.exponent, b.exponent);
  return scaled(a, exponent) % scaled(b, exponent) === 0n;
}

/** `1.5e-7`: 15 and -8. */
function decimal(value: number): Decimal {
  const [mantissa, exponent = '0'] = String(value).split('e');
  const [whole, fraction = ''] = mantissa!.split('.');
  return { digits: BigInt(whole! + fraction), exponent: Number(exponent) - fraction.length };
}

const scaled = ({ digits, exponent }: Decimal, to: number): bigint => digits * 10n ** BigInt(exponent - to);
