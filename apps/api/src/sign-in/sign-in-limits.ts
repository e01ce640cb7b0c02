/**
 * How often one may guess. A stranger: 60 attempts a minute from an address, 10 failures in 15 minutes at an account from
 * an address, and so many at an account from wherever they come. A browser that has signed in there before has 10
 * failures of its own, so that strangers don't keep its owner out. Attempts of one guesser at one account take turns, so
 * that guesses sent at once don't pass before the first of them has counted. With REDIS_URL all processes count
 * together, and the turns are one's own.
 */
import { Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { clientAddress, type ClientAddress } from '../infra/client-address.js';
import { CONFIG, type Config } from '../infra/config.js';
import { DomainError } from '../infra/errors.js';
import { FewAtATime } from '../infra/few-at-a-time.js';

export const ATTEMPTS_PER_MINUTE = 60;
export const FAILURES_PER_GUESSER = 10;
/** From all addresses together. A password is worth more guesses than six digits are. */
export const FAILURES_SPREAD = { password: 50, code: 10 } as const;
const WINDOW_MS = 15 * 60_000;
const WAITING_MAX = 8;

/** What is guessed at, and by whom. */
export interface Guess {
  readonly of: keyof typeof FAILURES_SPREAD;
  readonly account: string;
  /** A secret that shows who this is: of a session, or of a browser remembered at this account. */
  readonly known: string | null;
}

type Limiter = ReturnType<FastifyInstance['createRateLimit']>;
type Name = 'address' | 'guesser' | 'password' | 'code';

@Injectable()
export class SignInLimits {
  private readonly keys = new WeakMap<FastifyRequest, { guesser: string; account: string }>();
  private readonly turns = new FewAtATime({ atATime: 1, max: WAITING_MAX }, () => tooMany(1));
  private readonly addressOf: ClientAddress;
  private limiters: Record<Name, Limiter> | undefined;

  constructor(
    private readonly host: HttpAdapterHost,
    @Inject(CONFIG) config: Config,
  ) {
    this.addressOf = clientAddress(config);
  }

  /** Counts a request of a stranger. Throws `rate_limited` with the seconds to wait, or `unavailable`. */
  async admit(request: FastifyRequest): Promise<void> {
    const { isExceeded, ttlInSeconds } = await counted(this.limits().address(request));
    if (isExceeded) throw tooMany(ttlInSeconds);
  }

  /** Runs one attempt; it answers null when the guess was wrong. Throws like `admit`, before the attempt is made. */
  async attempt<T>(request: FastifyRequest, guess: Guess, work: () => Promise<T | null>): Promise<T | null> {
    const { of, account, known } = guess;
    if (known === null) await this.admit(request);
    const guesser = `${known ?? this.sourceOf(request)} ${of} ${account}`;
    this.keys.set(request, { guesser, account });
    const limits = this.limits();
    const binding = known === null ? [limits.guesser, limits[of]] : [limits.guesser];
    return this.turns.run(guesser, async () => {
      for (const limiter of binding) {
        const { max, remaining, ttlInSeconds } = await counted(limiter(request, { increment: false }));
        if (remaining === 0 && max > 0) throw tooMany(ttlInSeconds);
      }
      const result = await work();
      if (result === null) for (const limiter of binding) await counted(limiter(request));
      return result;
    });
  }

  private readonly sourceOf = (request: FastifyRequest): string => normalizeIP(this.addressOf(request));

  /** Made at first use: the plugin is registered after the container is built. */
  private limits(): Record<Name, Limiter> {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    const failures = (name: Name, max: number, keyOf: (request: FastifyRequest) => string | undefined) =>
      fastify.createRateLimit({
        max,
        timeWindow: WINDOW_MS,
        keyGenerator: (request) => `${name}:${keyOf(request)}`,
      });
    const accountOf = (request: FastifyRequest) => this.keys.get(request)?.account;
    this.limiters ??= {
      address: fastify.createRateLimit({
        max: ATTEMPTS_PER_MINUTE,
        timeWindow: 60_000,
        keyGenerator: (request) => `address:${this.sourceOf(request)}`,
      }),
      guesser: failures('guesser', FAILURES_PER_GUESSER, (request) => this.keys.get(request)?.guesser),
      password: failures('password', FAILURES_SPREAD.password, accountOf),
      code: failures('code', FAILURES_SPREAD.code, accountOf),
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
