/**
 * How many passwords are hashed at once: 19 MiB and a core's 50 ms each. Strangers have a lane of their own, so that a
 * flood of guesses holds up neither the memory nor whoever has signed in here before.
 */
import pLimit from 'p-limit';
import { DomainError } from '../infra/errors.js';

export const LANE_WIDTH = 2;
export const LANE_WAITING = 40;

/** `known`: asked by a session, a remembered browser, a link. */
export type Lane = 'known' | 'stranger';

const LANES = { known: pLimit(LANE_WIDTH), stranger: pLimit(LANE_WIDTH) };

export const lanes = {
  /** Throws `rate_limited` at once where too many wait. */
  async run<T>(lane: Lane, work: () => Promise<T>): Promise<T> {
    if (LANES[lane].pendingCount >= LANE_WAITING)
      throw new DomainError('rate_limited', 'Too many people are signing in. Try again in a moment.', {
        details: { retryAfterSeconds: 5 },
      });
    return LANES[lane](work);
  },
};
