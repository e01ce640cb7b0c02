/**
 * Promises: a quantile of any set of durations within 1 %, from counts in bins that can be added and taken away.
 *
 * The bins are DDSketch's (Masson, Rim, Lee: "DDSketch: a fast and fully-mergeable quantile sketch with relative-error
 * guarantees", VLDB 2019): bin i holds what is above γ^(i-1) and up to γ^i, with γ = (1+α)/(1-α); whatever is in it is
 * within α of 2γ^i/(γ+1). A duration of zero has a bin of its own. Counts stay numbers of their own, one a bin: nothing
 * is collapsed, so a contribution that changes is taken away again without a trace.
 *
 * In SQL, for what is not zero: `ceil(ln(duration_ns) / ln(1.01 / 0.99))`.
 */
export const RELATIVE_ERROR = 0.01;
const GAMMA = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
const LN_GAMMA = Math.log(GAMMA);

/** The bin of zero: the one before the bin of one nanosecond. */
export const ZERO_BIN = -1;

/** The bin of a duration in nanoseconds, which is never negative. */
export function binOf(durationNs: bigint): number {
  if (durationNs < 0n) throw new RangeError('A duration is not negative.');
  return durationNs === 0n ? ZERO_BIN : Math.ceil(Math.log(Number(durationNs)) / LN_GAMMA);
}

/** What stands for all durations of a bin, in nanoseconds. */
export const valueOf = (bin: number): number => (bin === ZERO_BIN ? 0 : (2 * GAMMA ** bin) / (GAMMA + 1));

/**
 * The quantile by nearest rank, in nanoseconds: of n durations the first, from below, at which k/n reaches q. It is the
 * rank of PostgreSQL's `percentile_disc`; nothing is interpolated. Null of no durations.
 *
 * @example quantile(new Map([[binOf(40_000_000n), 95], [binOf(3_000_000_000n), 5]]), 0.95) // 40 ms, within 1 %
 */
export function quantile(bins: ReadonlyMap<number, number>, q: number): number | null {
  const counted = [...bins].filter(([, count]) => count > 0).sort(([a], [b]) => a - b);
  const n = counted.reduce((sum, [, count]) => sum + count, 0);
  let seen = 0;
  for (const [bin, count] of counted) {
    seen += count;
    if (seen / n >= q) return valueOf(bin);
  }
  return null;
}
