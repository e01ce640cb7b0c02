/** Signing in and out. Every failure looks and takes the same, whether or not there is such a member. */
import { Injectable } from '@nestjs/common';
import type { Member } from '@reeve/db';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../infra/errors.js';
import { CredentialsRepository } from './credentials.repository.js';
import { hashPassword, verifyPassword } from './passwords.js';
import { SecondFactorService } from './second-factor.service.js';
import { SessionsRepository, type LiveSession } from './sessions.repository.js';
import { SignInLimits } from './sign-in-limits.js';

export interface SignedIn {
  readonly state: 'signed_in' | 'second_factor';
  /** The new session cookie's value. */
  readonly token: string;
}

@Injectable()
export class SignInService {
  constructor(
    private readonly credentials: CredentialsRepository,
    private readonly sessions: SessionsRepository,
    private readonly secondFactor: SecondFactorService,
    private readonly limits: SignInLimits,
  ) {}

  async signIn(request: FastifyRequest, email: string, password: string): Promise<SignedIn> {
    const member = await this.limits.attempt(request, email.trim().toLowerCase(), async () => {
      const found = await this.credentials.byEmail(email);
      const right = await verifyPassword(found?.passwordHash, password);
      return right && found !== null && found.disabledAt === null ? found : null;
    });
    if (member === null) throw new DomainError('unauthenticated', 'E-mail or password is wrong.');
    const owed = member.totpEnabledAt !== null;
    return {
      state: owed ? 'second_factor' : 'signed_in',
      token: await this.sessions.open(member, owed ? 'owed' : 'not_in_use'),
    };
  }

  /** Trades the half-open session for a new one, so that a cookie seen before the second factor is worth nothing after. */
  async giveSecondFactor(request: FastifyRequest, live: LiveSession, code: string): Promise<SignedIn> {
    if (!live.owesSecondFactor) throw new DomainError('conflict', 'No second factor is owed.');
    const right = await this.attemptCode(request, live.member, () =>
      this.secondFactor.spend(live.member, code),
    );
    if (!right) throw new DomainError('unauthenticated', 'The code is wrong or was used.');
    await this.sessions.close(live.session.tokenHash);
    return { state: 'signed_in', token: await this.sessions.open(live.member, 'given') };
  }

  /** Guesses at a code count against the account like guesses at its password. */
  async attemptCode(request: FastifyRequest, member: Member, work: () => Promise<boolean>): Promise<boolean> {
    const right = await this.limits.attempt(request, member.email, async () =>
      (await work()) ? true : null,
    );
    return right ?? false;
  }

  async changePassword(
    request: FastifyRequest,
    live: LiveSession,
    current: string,
    next: string,
  ): Promise<void> {
    await this.confirmPassword(request, live.member, current);
    await this.credentials.setPassword(live.member.id, await hashPassword(next));
    await this.sessions.closeOthers(live.member.id, live.session.tokenHash);
  }

  /** Asks for the password again before credentials change: an unattended browser is not the member. */
  async confirmPassword(request: FastifyRequest, member: Member, password: string): Promise<void> {
    const right = await this.limits.attempt(request, member.email, async () =>
      (await verifyPassword(member.passwordHash, password)) ? true : null,
    );
    if (right === null) throw new DomainError('unauthenticated', 'The password is wrong.');
  }

  signOut(live: LiveSession): Promise<void> {
    return this.sessions.close(live.session.tokenHash);
  }
}
