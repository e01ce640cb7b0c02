/**
 * How often one may guess: 60 attempts a minute from an address, 10 failures in 15 minutes on an account. Attempts on
 * one account take turns, so that guesses sent at once don't pass before the first of them has counted. With REDIS_URL
 * all processes count together, and the turns are one's own: so many processes, so many guesses at once.
 */
import { Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { clientAddress, type ClientAddress } from '../infra/client-address.js';
import { CONFIG, type Config } from '../infra/config.js';
import { DomainError } from '../infra/errors.js';

export const ATTEMPTS_PER_MINUTE = 60;
export const FAILURES_PER_ACCOUNT = 10;
const FAILURE_WINDOW_MS = 15 * 60_000;
const WAITING_MAX = 8;

type Limiter = ReturnType<FastifyInstance['createRateLimit']>;

@Injectable()
export class SignInLimits {
  private readonly accounts = new WeakMap<FastifyRequest, string>();
  private readonly turns = new Map<string, { last: Promise<unknown>; waiting: number }>();
  private readonly addressOf: ClientAddress;
  private limiters: { perAddress: Limiter; perAccount: Limiter } | undefined;

  constructor(
    private readonly host: HttpAdapterHost,
    @Inject(CONFIG) config: Config,
  ) {
    this.addressOf = clientAddress(config);
  }

  /**
   * Runs one attempt on `account`; it answers null when the guess was wrong. Throws `rate_limited` with the seconds to
   * wait, or `unavailable`, before the attempt is made.
   */
  async attempt<T>(
    request: FastifyRequest,
    account: string,
    work: () => Promise<T | null>,
  ): Promise<T | null> {
    const { perAddress, perAccount } = this.limits();
    this.accounts.set(request, account);
    const address = await counted(perAddress(request));
    if (address.isExceeded) throw tooMany(address.ttlInSeconds);
    return this.inTurn(account, async () => {
      const { max, remaining, ttlInSeconds } = await counted(perAccount(request, { increment: false }));
      if (remaining === 0 && max > 0) throw tooMany(ttlInSeconds);
      const result = await work();
      if (result === null) await counted(perAccount(request));
      return result;
    });
  }

  private async inTurn<T>(account: string, work: () => Promise<T>): Promise<T> {
    const turn = this.turns.get(account) ?? { last: Promise.resolve(), waiting: 0 };
    if (turn.waiting >= WAITING_MAX) throw tooMany(1);
    this.turns.set(account, turn);
    turn.waiting += 1;
    const mine = turn.last.then(work);
    turn.last = mine.catch(() => undefined);
    try {
      return await mine;
    } finally {
      turn.waiting -= 1;
      if (turn.waiting === 0) this.turns.delete(account);
    }
  }

  /** Made at first use: the plugin is registered after the container is built. */
  private limits() {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    this.limiters ??= {
      perAddress: fastify.createRateLimit({
        max: ATTEMPTS_PER_MINUTE,
        timeWindow: 60_000,
        keyGenerator: (request) => `address:${normalizeIP(this.addressOf(request))}`,
      }),
      perAccount: fastify.createRateLimit({
        max: FAILURES_PER_ACCOUNT,
        timeWindow: FAILURE_WINDOW_MS,
        keyGenerator: (request) => `account:${this.accounts.get(request)}`,
      }),
    };
    return this.limiters;
  }
}

type Counted = Exclude<Awaited<ReturnType<Limiter>>, { isAllowed: true }>;

/** What can't be counted is not tried: with REDIS_URL the counts are Redis', which may be away. */
async function counted(counting: ReturnType<Limiter>): Promise<Counted> {
  const answer = await counting.catch((cause: unknown) => {
    throw new DomainError('unavailable', 'Nobody can sign in right now. Try again in a moment.', { cause });
  });
  if (answer.isAllowed) throw new Error('sign-in has no allow-list');
  return answer;
}

const tooMany = (retryAfterSeconds: number) =>
  new DomainError('rate_limited', 'Too many attempts. Wait a little and try again.', {
    details: { retryAfterSeconds },
  });
