/** Who a request is from, by its credential alone: the session cookie, or a management key as bearer. */
import { Injectable } from '@nestjs/common';
import { DomainError } from '../infra/errors.js';
import type { AdminActor } from './admin-actor.js';
import { bearerOf } from './bearer.js';
import { ManagementKeys, MemberSessions, type Credentials } from './credentials.js';

@Injectable()
export class AdminActors {
  constructor(
    private readonly sessions: MemberSessions,
    private readonly keys: ManagementKeys,
  ) {}

  /** A bearer counts instead of a cookie, never beside one. null: nobody is signed in. */
  async of(request: Credentials): Promise<AdminActor | null> {
    const bearer = bearerOf(request);
    return bearer === undefined
      ? this.sessions.personBehind(request)
      : this.keys.authenticateManagement(bearer);
  }

  /** The same; null also where a bearer is nobody's. */
  async known(request: Credentials): Promise<AdminActor | null> {
    try {
      return await this.of(request);
    } catch (error) {
      if (error instanceof DomainError && error.code === 'unauthenticated') return null;
      throw error;
    }
  }

  /** The same actor, asked for again; null once their credential is worth nothing. */
  refresh(actor: AdminActor): Promise<AdminActor | null> {
    return (actor.kind === 'member' ? this.sessions : this.keys).refresh(actor);
  }
}
