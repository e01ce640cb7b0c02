/** The cookie a console session lives in. */
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CONFIG, type Config } from '../infra/config.js';
import { HostCookie } from './cookie.js';
import { ABSOLUTE_MS } from './sessions.repository.js';

@Injectable()
export class SessionCookie extends HostCookie {
  constructor(@Inject(CONFIG) config: Config) {
    super('reeve_session', config);
  }

  override set(reply: FastifyReply, token: string): void {
    super.set(reply, token, ABSOLUTE_MS);
  }
}
