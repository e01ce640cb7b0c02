/**
 * Promises: what a call costs by a price list, exactly, or null where nobody has priced it: then its tokens are told,
 * never a zero. Each part of the tokens has one price, and each price one fallback: a cached or written token without a
 * price of its own costs what any input does, a reasoned one what any output does. A tier looks at the whole prompt and
 * prices the whole call; what the tier does not say falls back within the tier.
 */
import { inputOf, type Tokens } from '../tokens.js';
import { namesOf } from './model-names.js';
import type { Price, PriceList, Rates } from './price-list.js';

/** What of a call its price depends on. */
export interface Call {
  readonly model: string | null;
  readonly provider: string | null;
  /** When it began: prices have validity. */
  readonly start: bigint;
  readonly tokens: Tokens | null;
  readonly batch: boolean;
}

/** In 1e-12 USD. */
export function priceOf(call: Call, prices: PriceList): bigint | null {
  if (call.model === null || call.tokens === null) return null;
  const price = find(call.model, call.provider, call.start, prices);
  if (price === undefined) return null;
  const whole = inputOf(call.tokens);
  const tier = price.tiers
    .filter(({ aboveInputTokens }) => whole > aboveInputTokens)
    .reduce<Price['tiers'][number] | null>(
      (highest, one) => (highest === null || one.aboveInputTokens > highest.aboveInputTokens ? one : highest),
      null,
    );
  if (!call.batch) return costOf(call.tokens, tier?.rates ?? price.rates);
  if (tier === null && price.batch !== undefined) return costOf(call.tokens, price.batch);
  return (costOf(call.tokens, tier?.rates ?? price.rates) + 1n) / 2n;
}

function find(model: string, provider: string | null, at: bigint, prices: PriceList): Price | undefined {
  const index = indexOf(prices);
  for (const name of namesOf(model)) {
    const valid = (index.get(name) ?? []).filter(
      ({ from, until }) => (from === null || at >= from) && (until === null || at < until),
    );
    const found = latest(valid.filter((price) => price.provider !== null && price.provider === provider));
    const anyones = found ?? latest(valid.filter((price) => price.provider === null));
    if (anyones !== undefined) return anyones;
  }
  return undefined;
}

/** Of several that are valid the one that began last. */
const latest = (prices: readonly Price[]) =>
  prices.reduce<Price | undefined>(
    (best, one) => (best === undefined || (one.from ?? 0n) > (best.from ?? 0n) ? one : best),
    undefined,
  );

/** By model; a list is read once. */
function indexOf(prices: PriceList): ReadonlyMap<string, readonly Price[]> {
  const known = INDEXES.get(prices);
  if (known !== undefined) return known;
  const index = new Map<string, Price[]>();
  for (const price of prices) {
    const name = price.model.toLowerCase();
    index.set(name, [...(index.get(name) ?? []), price]);
  }
  INDEXES.set(prices, index);
  return index;
}

const INDEXES = new WeakMap<PriceList, ReadonlyMap<string, readonly Price[]>>();

function costOf(tokens: Tokens, rates: Rates): bigint {
  const { input, output } = rates;
  return (
    BigInt(tokens.inputUncached) * input +
    BigInt(tokens.inputCacheRead) * (rates.cacheRead ?? input) +
    BigInt(tokens.inputCacheWrite) * (rates.cacheWrite ?? input) +
    BigInt(tokens.inputAudio) * (rates.inputAudio ?? input) +
    BigInt(tokens.outputText) * output +
    BigInt(tokens.outputReasoning) * (rates.reasoning ?? output) +
    BigInt(tokens.outputAudio) * (rates.outputAudio ?? output)
  );
}
