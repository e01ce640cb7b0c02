/** Promises: what a price list may say. Money is in 1e-12 USD, so that a price of one token is a whole number. */

/** Prices of one token each. What is absent falls back as `priceOf` says; 0 is free. */
export interface Rates {
  readonly input: bigint;
  readonly output: bigint;
  readonly cacheRead?: bigint;
  readonly cacheWrite?: bigint;
  readonly reasoning?: bigint;
  readonly inputAudio?: bigint;
  readonly outputAudio?: bigint;
}

/** Holds for the whole call when its whole prompt is longer. */
export interface Tier {
  readonly aboveInputTokens: number;
  readonly rates: Rates;
}

export interface Price {
  /** As its maker names it, in lower case, without a provider before it. */
  readonly model: string;
  /** Null holds for any. */
  readonly provider: string | null;
  /** Nanoseconds since 1970: from (inclusive), until (exclusive); null is open. */
  readonly from: bigint | null;
  readonly until: bigint | null;
  readonly rates: Rates;
  readonly tiers: readonly Tier[];
  /** What a batch's call costs; absent: half. */
  readonly batch?: Rates;
}

export type PriceList = readonly Price[];
