/** A cookie that scripts can't read: HttpOnly, SameSite=Lax, Secure wherever the console is not plain http. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../infra/config.js';

export class HostCookie {
  private readonly name: string;
  private readonly secure: boolean;

  constructor(name: string, config: Config) {
    this.secure = config.environment === 'production' || (config.publicUrl?.startsWith('https:') ?? false);
    // The prefix makes browsers refuse the cookie from a subdomain or without Secure (RFC 6265bis section 4.1.3).
    this.name = this.secure ? `__Host-${name}` : name;
  }

  read(request: Pick<FastifyRequest, 'cookies'>): string | undefined {
    return request.cookies[this.name];
  }

  set(reply: FastifyReply, value: string, forMs: number): void {
    void reply.setCookie(this.name, value, { ...this.attributes(), maxAge: Math.floor(forMs / 1000) });
  }

  clear(reply: FastifyReply): void {
    void reply.clearCookie(this.name, this.attributes());
  }

  private attributes() {
    return { path: '/', httpOnly: true, sameSite: 'lax', secure: this.secure } as const;
  }
}
