/** Who a request is from, by its credential alone: the session cookie, or a management key as bearer. */
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ApiKeysService } from '../api-keys/api-keys.service.js';
import { DomainError } from '../infra/errors.js';
import type { AdminActor } from './admin-actor.js';
import { bearerOf } from './bearer.js';
import { People } from './people.service.js';
import { SessionCookie } from './session-cookie.js';
import { SessionsRepository, type LiveSession } from './sessions.repository.js';

/** What a request, or a websocket as it opens, says who it is with. */
export type Credentials = Pick<FastifyRequest, 'headers' | 'cookies'>;

@Injectable()
export class AdminActors {
  constructor(
    private readonly cookie: SessionCookie,
    private readonly sessions: SessionsRepository,
    private readonly people: People,
    private readonly apiKeys: ApiKeysService,
  ) {}

  /** A bearer counts instead of a cookie, never beside one. null: nobody is signed in. */
  async of(request: Credentials): Promise<AdminActor | null> {
    const bearer = bearerOf(request);
    if (bearer !== undefined) return this.apiKeys.authenticateManagement(bearer);
    const live = await this.liveSession(request);
    return live === null || live.owesSecondFactor ? null : this.people.of(live);
  }

  /** The session behind the cookie, the second factor given or not. */
  async liveSession(request: Credentials): Promise<LiveSession | null> {
    const token = this.cookie.read(request);
    return token === undefined ? null : this.sessions.find(token);
  }

  /** The second factor may still be owed. */
  async requireAnySession(request: FastifyRequest): Promise<LiveSession> {
    const live = await this.liveSession(request);
    if (live === null) throw new DomainError('unauthenticated', 'Sign in first.');
    return live;
  }

  /** Throws `unauthenticated` unless a member is wholly signed in. */
  async requireSession(request: FastifyRequest): Promise<LiveSession> {
    const live = await this.requireAnySession(request);
    if (live.owesSecondFactor) throw new DomainError('unauthenticated', 'Sign in first.');
    return live;
  }
}
