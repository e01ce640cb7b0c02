/**
 * How much may come a second, with a second's worth kept for bursts. Something that is larger than that is let in once
 * there is anything at all, and paid for by what comes after it; so a limit below the size of a batch lets batches pass,
 * as seldom as it says.
 */
export class TokenBucket {
  private tokens: number;
  private at: number;

  constructor(
    readonly perSecond: number,
    nowMs: number,
  ) {
    this.tokens = perSecond;
    this.at = nowMs;
  }

  /** 0: it was taken. Else the seconds, whole, after which there is something again. */
  take(amount: number, nowMs: number): number {
    const gained = (Math.max(0, nowMs - this.at) / 1_000) * this.perSecond;
    this.tokens = Math.min(this.perSecond, this.tokens + gained);
    this.at = Math.max(this.at, nowMs);
    if (this.tokens < Math.min(1, amount)) return Math.max(1, Math.ceil((1 - this.tokens) / this.perSecond));
    this.tokens -= amount;
    return 0;
  }
}
