/** The answer to whoever has just signed in: the session's cookie, and once they are wholly in, the browser's. */
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SessionState } from './sign-in.schemas.js';
import { RememberedBrowsers } from './remembered-browsers.service.js';
import { SessionCookie } from './session-cookie.js';
import type { SignedIn } from './sign-in.service.js';

@Injectable()
export class Entering {
  constructor(
    private readonly cookie: SessionCookie,
    private readonly browsers: RememberedBrowsers,
  ) {}

  async admit(
    request: FastifyRequest,
    reply: FastifyReply,
    { state, token, accountId }: SignedIn,
  ): Promise<SessionState> {
    this.cookie.set(reply, token);
    if (state === 'signed_in') await this.browsers.remember(request, reply, accountId);
    return { state };
  }
}
