/** The session behind a request's cookie, and the person behind the session. */
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { AdminActor } from '../auth/admin-actor.js';
import type { Credentials, MemberSessions } from '../auth/credentials.js';
import { DomainError } from '../infra/errors.js';
import { People } from './people.service.js';
import { SessionCookie } from './session-cookie.js';
import { SessionsRepository, type LiveSession } from './sessions.repository.js';

@Injectable()
export class LiveSessions implements MemberSessions {
  constructor(
    private readonly cookie: SessionCookie,
    private readonly sessions: SessionsRepository,
    private readonly people: People,
  ) {}

  tokenOf(request: Credentials): string | undefined {
    return this.cookie.read(request);
  }

  async personBehind(request: Credentials): Promise<AdminActor | null> {
    return this.person(await this.find(request));
  }

  async refresh({ person }: AdminActor): Promise<AdminActor | null> {
    return person === undefined ? null : this.person(await this.sessions.findByHash(person.tokenHash));
  }

  /** The session behind the cookie, the second factor given or not. */
  async find(request: Credentials): Promise<LiveSession | null> {
    const token = this.tokenOf(request);
    return token === undefined ? null : this.sessions.find(token);
  }

  /** The second factor may still be owed. */
  async requireAny(request: FastifyRequest): Promise<LiveSession> {
    const live = await this.find(request);
    if (live === null) throw new DomainError('unauthenticated', 'Sign in first.');
    return live;
  }

  /** Throws `unauthenticated` unless a member is wholly signed in. */
  async require(request: FastifyRequest): Promise<LiveSession> {
    const live = await this.requireAny(request);
    if (live.owesSecondFactor) throw new DomainError('unauthenticated', 'Sign in first.');
    return live;
  }

  private async person(live: LiveSession | null): Promise<AdminActor | null> {
    return live === null || live.owesSecondFactor ? null : this.people.of(live);
  }
}
