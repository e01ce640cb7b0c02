/**
 * A sum that many draw on at once, and nobody more than a share of it. Nobody waits here: what is not there is refused,
 * and the refusal says whether it is the caller's own doing.
 */
import { DomainError } from './errors.js';

export interface Sum {
  readonly total: number;
  /** The most that one may hold. */
  readonly share: number;
}

/** The sum that is used up: the one's who asks, or everybody's. */
export type Exhausted = 'share' | 'total';

export class Shares {
  private readonly held = new Map<string, number>();
  private sum = 0;

  constructor(private readonly limits: Sum) {}

  /** undefined: it was taken, and has to be given back. */
  take(who: string, amount: number): Exhausted | undefined {
    const held = this.of(who);
    if (held + amount > this.limits.share) return 'share';
    if (this.sum + amount > this.limits.total) return 'total';
    this.held.set(who, held + amount);
    this.sum += amount;
    return undefined;
  }

  giveBack(who: string, amount: number): void {
    const held = this.of(who) - amount;
    if (held > 0) this.held.set(who, held);
    else this.held.delete(who);
    this.sum -= amount;
  }

  of(who: string): number {
    return this.held.get(who) ?? 0;
  }

  /** Held by everybody. */
  get taken(): number {
    return this.sum;
  }
}

const RETRY_AFTER_SECONDS = 1;

/** `what`: plural, with its verb. 429 for who has used up their own share, 503 where everybody together has used up the sum. */
export const exhausted = (whose: Exhausted, what: string): DomainError =>
  whose === 'share'
    ? new DomainError('rate_limited', `Too many of your ${what}; ask again in a moment.`, RETRY)
    : new DomainError('unavailable', `Too many ${what}; ask again in a moment.`, RETRY);

const RETRY = { details: { retryAfterSeconds: RETRY_AFTER_SECONDS } };
