/** Why there is no answer. Each is a no; only the last three say that Reeve could not be asked. */
export type FailureReason =
  /** No usable address or key in this process. Nothing was sent. */
  | 'misconfigured'
  /** The question is not one: refused here, or by Reeve with 400, 413 or 422. `problems` says where. */
  | 'invalid_question'
  /** 401: no such key, or it was revoked. */
  | 'unauthenticated'
  /** 403: the key may not ask this. */
  | 'forbidden'
  /** 409: another outcome of this evaluation stands already. */
  | 'conflict'
  /** 429. */
  | 'rate_limited'
  /** Any other status, a body that is not JSON, or JSON that is no answer. */
  | 'unreadable_answer'
  /** The caller's signal. */
  | 'aborted'
  /** 503: it was not decided. */
  | 'unavailable'
  /** No connection, or one that broke. */
  | 'unreachable'
  /** Nothing came in time; whether it was decided is not known. */
  | 'timed_out';

export interface Problem {
  /** A JSON Pointer. */
  readonly path: string;
  readonly message: string;
}

export interface Failure {
  readonly reason: FailureReason;
  /** For a log. Never holds the key. */
  readonly message: string;
  readonly status?: number;
  readonly problems?: readonly Problem[];
  readonly retryAfterSeconds?: number;
}

/** Reeve could not be asked, which is the one thing a fail mode is for. */
export const couldNotAsk = ({ reason }: Failure): boolean =>
  reason === 'unavailable' || reason === 'unreachable' || reason === 'timed_out';

/** It may be sent again later, as it is. */
export const mayPass = (failure: Failure): boolean =>
  couldNotAsk(failure) ||
  failure.reason === 'rate_limited' ||
  failure.reason === 'unauthenticated' || // a key is rotated, and what happened still has to be told
  failure.reason === 'aborted';
