/**
 * Promises: money without rounding. The unit is 1e-12 USD: a price of a millionth of a dollar for a token is a whole
 * number of it, so that sums are exact whatever their order.
 */
export const USD = 1_000_000_000_000n;
const DECIMALS = 12;
/** What no single figure reaches; beyond it a sender is mistaken. */
const MOST = 1_000_000_000n * USD;

/** Reads a decimal number, `0.019545` or `3e-06`; null where it is none, negative or absurd. Halves round up. */
export function picoUsdOf(said: string | number): bigint | null {
  const match = /^\+?(\d{0,30})(?:\.(\d{0,60}))?(?:e([+-]?\d{1,3}))?$/i.exec(String(said).trim());
  if (match === null) return null;
  const [, whole = '', fraction = '', exponent = '0'] = match;
  if (whole + fraction === '') return null;
  const shift = DECIMALS - fraction.length + Number(exponent);
  const digits = BigInt(whole + fraction);
  if (digits === 0n) return 0n;
  if (shift > 60) return null;
  const amount = shift >= 0 ? digits * 10n ** BigInt(shift) : roundedQuotient(digits, 10n ** BigInt(-shift));
  return amount <= MOST ? amount : null;
}

const roundedQuotient = (dividend: bigint, divisor: bigint) => (dividend + divisor / 2n) / divisor;

/** A text like `0.113433`, no digit lost, no zero behind. */
export function usdText(amount: bigint): string {
  const sign = amount < 0n ? '-' : '';
  const digits = String(amount < 0n ? -amount : amount).padStart(DECIMALS + 1, '0');
  const fraction = digits.slice(-DECIMALS).replace(/0+$/, '');
  return `${sign}${digits.slice(0, -DECIMALS)}${fraction === '' ? '' : `.${fraction}`}`;
}
