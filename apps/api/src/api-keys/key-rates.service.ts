/**
 * What each agent's key may ask a second, as its tenant has set it. Counted in this process alone: with three processes a
 * key may ask three times as much. What is set elsewhere is heard within ten seconds, with the note of the key's use.
 */
import { Injectable } from '@nestjs/common';
import { DomainError } from '../infra/errors.js';
import type { KeyLimits } from './key-limits.js';
import { TokenBucket } from './token-bucket.js';

interface Rates {
  readonly requests: TokenBucket | null;
  readonly questions: TokenBucket | null;
}

@Injectable()
export class KeyRates {
  /** Of keys that have a limit. */
  private readonly keys = new Map<string, Rates>();

  set(keyId: string, { requestsPerSecond, questionsPerSecond }: KeyLimits): void {
    const now = performance.now();
    const { requests = null, questions = null } = this.keys.get(keyId) ?? {};
    const next = {
      requests: bucket(requests, requestsPerSecond, now),
      questions: bucket(questions, questionsPerSecond, now),
    };
    if (next.requests === null && next.questions === null) this.keys.delete(keyId);
    else this.keys.set(keyId, next);
  }

  /** Throws `rate_limited`, with the seconds to wait. */
  countRequest(keyId: string): void {
    take(this.keys.get(keyId)?.requests, 1, 'requests');
  }

  /** Throws `rate_limited`, with the seconds to wait. */
  countQuestions(keyId: string, questions: number): void {
    take(this.keys.get(keyId)?.questions, questions, 'questions');
  }
}

/** The one there is, where its limit is as it was: setting it again gives nobody a new burst. */
function bucket(current: TokenBucket | null, perSecond: number | null, now: number): TokenBucket | null {
  if (perSecond === null) return null;
  return current?.perSecond === perSecond ? current : new TokenBucket(perSecond, now);
}

function take(from: TokenBucket | null | undefined, amount: number, what: string): void {
  const wait = from?.take(amount, performance.now()) ?? 0;
  if (wait === 0) return;
  throw new DomainError('rate_limited', `this API key may send ${from!.perSecond} ${what} a second`, {
    details: { retryAfterSeconds: wait, limit: from!.perSecond, of: what },
  });
}
