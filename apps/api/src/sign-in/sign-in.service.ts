/** Signing in and out. Every failure looks and takes the same, however many accounts an address has. */
import { Injectable } from '@nestjs/common';
import type { Account } from '@reeve/db';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../infra/errors.js';
import { AccountsRepository } from './accounts.repository.js';
import { Passwords } from './passwords.js';
import { RememberedBrowsers } from './remembered-browsers.service.js';
import { SecondFactorService } from './second-factor.service.js';
import { SessionsRepository, type LiveSession } from './sessions.repository.js';
import { SignInLimits } from './sign-in-limits.js';

export interface SignedIn {
  readonly state: 'signed_in' | 'second_factor';
  readonly accountId: string;
  /** The new session cookie's value. */
  readonly token: string;
}

const WRONG_CODE = 'The code is wrong or was used.';

@Injectable()
export class SignInService {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly passwords: Passwords,
    private readonly sessions: SessionsRepository,
    private readonly secondFactor: SecondFactorService,
    private readonly browsers: RememberedBrowsers,
    private readonly limits: SignInLimits,
  ) {}

  async signIn(
    request: FastifyRequest,
    given: { email: string; password: string; tenant?: string | undefined },
  ): Promise<SignedIn> {
    const account = await this.byPassword(request, given.email, given.password, given.tenant);
    return this.open(account, account.totpEnabledAt === null ? 'not_in_use' : 'owed');
  }

  /** A session for whoever has just proved themselves by other means than this service. */
  async open(account: Account, secondFactor: 'given' | 'owed' | 'not_in_use'): Promise<SignedIn> {
    return {
      state: secondFactor === 'owed' ? 'second_factor' : 'signed_in',
      accountId: account.id,
      token: await this.sessions.open(account, secondFactor),
    };
  }

  /** Password and second factor in one step. 'second_factor': the password was right, and a code is owed. */
  async prove(
    request: FastifyRequest,
    email: string,
    password: string,
    code: string | undefined,
  ): Promise<Account | 'second_factor'> {
    const account = await this.byPassword(request, email, password);
    if (account.totpEnabledAt === null) return account;
    if (code === undefined) return 'second_factor';
    const known = await this.browsers.at(request, [account]);
    const right = await this.attemptCode(request, account, known, () =>
      this.secondFactor.spend(account, code),
    );
    if (!right) throw new DomainError('unauthenticated', WRONG_CODE);
    return account;
  }

  /** Trades the half-open session for a new one, so that a cookie seen before the second factor is worth nothing after. */
  async giveSecondFactor(request: FastifyRequest, live: LiveSession, code: string): Promise<SignedIn> {
    const { account, session } = live;
    if (!live.owesSecondFactor) throw new DomainError('conflict', 'No second factor is owed.');
    const known = await this.browsers.at(request, [account]);
    const right = await this.attemptCode(request, account, known, () =>
      this.secondFactor.spend(account, code),
    );
    if (!right) throw new DomainError('unauthenticated', WRONG_CODE);
    await this.sessions.close(session.tokenHash);
    return this.open(account, 'given');
  }

  /** Runs `work`, which tries a code, as one guess. `known`: the session or browser that makes it. */
  async attemptCode<T>(
    request: FastifyRequest,
    account: Account,
    known: string | null,
    work: () => Promise<T | null>,
  ): Promise<T | null> {
    return this.limits.attempt(request, { of: 'code', account: account.id, known }, work);
  }

  /** Asks for the password again before credentials change: an unattended browser is not the member. */
  async confirmPassword(
    request: FastifyRequest,
    { account, session }: LiveSession,
    password: string,
  ): Promise<void> {
    const known = `session:${session.tokenHash}`;
    const right = await this.limits.attempt(
      request,
      { of: 'password', account: account.email, known },
      async () => first(await this.passwords.matching(account.email, [account], password, 'known')),
    );
    if (right === null) throw new DomainError('unauthenticated', 'The password is wrong.');
  }

  signOut(live: LiveSession): Promise<void> {
    return this.sessions.close(live.session.tokenHash);
  }

  /** Where several accounts have this address and password, the one in `tenant`, else the oldest. */
  private async byPassword(
    request: FastifyRequest,
    email: string,
    password: string,
    tenant?: string,
  ): Promise<Account> {
    const address = email.trim().toLowerCase();
    const accounts = await this.accounts.byEmail(address);
    const known = await this.browsers.at(request, accounts);
    const matching = await this.limits.attempt(
      request,
      { of: 'password', account: address, known },
      async () => {
        const lane = known === null ? 'stranger' : 'known';
        const found = await this.passwords.matching(address, accounts, password, lane);
        return found.length === 0 ? null : found;
      },
    );
    if (matching === null) throw new DomainError('unauthenticated', 'E-mail or password is wrong.');
    const there = tenant === undefined ? null : await this.accounts.oneIn(matching, tenant);
    return there ?? matching[0]!;
  }
}

const first = <T>(found: readonly T[]): T | null => found[0] ?? null;
