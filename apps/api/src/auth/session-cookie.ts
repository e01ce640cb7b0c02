/** The cookie a console session lives in: HttpOnly, SameSite=Lax, Secure wherever the console is not plain http. */
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG, type Config } from '../infra/config.js';
import { ABSOLUTE_MS } from './sessions.repository.js';

@Injectable()
export class SessionCookie {
  private readonly name: string;
  private readonly secure: boolean;

  constructor(@Inject(CONFIG) config: Config) {
    this.secure = config.environment === 'production' || (config.publicUrl?.startsWith('https:') ?? false);
    // The prefix makes browsers refuse the cookie from a subdomain or without Secure (RFC 6265bis section 4.1.3).
    this.name = this.secure ? '__Host-reeve_session' : 'reeve_session';
  }

  read(request: FastifyRequest): string | undefined {
    return request.cookies[this.name];
  }

  set(reply: FastifyReply, token: string): void {
    void reply.setCookie(this.name, token, { ...this.attributes(), maxAge: Math.floor(ABSOLUTE_MS / 1000) });
  }

  clear(reply: FastifyReply): void {
    void reply.clearCookie(this.name, this.attributes());
  }

  private attributes() {
    return { path: '/', httpOnly: true, sameSite: 'lax', secure: this.secure } as const;
  }
}
