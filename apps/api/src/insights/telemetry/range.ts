/** The sums that answer for a time: by the minute for two days, by the hour for more. */
import { DomainError } from '../../infra/errors.js';

export interface Range {
  readonly grain: 'm' | 'h';
  /** Minutes since 1970, inclusive. */
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

const MINUTE_MS = 60_000;
const MINUTES_HOURS = 48;
const DAYS_MAX = 400;

/** Whole minutes or hours around it. Throws `invalid`. */
export function rangeOf(from: Date, to: Date): Range {
  const hours = (to.getTime() - from.getTime()) / 3_600_000;
  if (hours <= 0) throw new DomainError('invalid', 'the time ends before it begins', { path: 'to' });
  if (hours > DAYS_MAX * 24) throw new DomainError('invalid', `at most ${DAYS_MAX} days`, { path: 'from' });
  const grain = hours <= MINUTES_HOURS ? 'm' : 'h';
  const step = grain === 'm' ? 1 : 60;
  return {
    grain,
    from: Math.floor(from.getTime() / MINUTE_MS / step) * step,
    to: Math.ceil(to.getTime() / MINUTE_MS / step) * step,
  };
}
