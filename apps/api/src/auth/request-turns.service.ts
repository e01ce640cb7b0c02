/**
 * Requests of one credential are answered a few at a time: a hundred at once would each come between those of others,
 * whatever they ask. A browser sends six at once; what is large (query-turns.service.ts) leaves room for what is not.
 */
import { finished } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../infra/errors.js';
import { FewAtATime } from '../infra/few-at-a-time.js';
import { bearerOf } from './bearer.js';
import { MemberSessions } from './credentials.js';

export const REQUESTS = { atATime: 12, max: 64 } as const;

@Injectable()
export class RequestTurns {
  private readonly lines = new FewAtATime(REQUESTS, tooMany);
  private readonly underWay = new WeakMap<FastifyRequest, () => void>();

  constructor(private readonly sessions: MemberSessions) {}

  /** Before the routes are there, behind what reads cookies and before whatever looks a credential up. */
  guard(fastify: FastifyInstance): void {
    fastify.addHook('onRequest', async (request, reply) => {
      const who = bearerOf(request) ?? this.sessions.tokenOf(request);
      // A websocket has a door of its own (socket-door.service.ts).
      if (who !== undefined && request.headers.upgrade === undefined) await this.wait(who, request, reply);
    });
    // With its answer, not with the end of it: an export takes as long as its reader does.
    fastify.addHook('onSend', (request, _reply, _payload, done) => {
      this.underWay.get(request)?.();
      done();
    });
  }

  /** Until it is this request's turn. Throws `rate_limited`. */
  private async wait(who: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    await new Promise<void>((begin, refuse) => {
      const turn = () => {
        begin();
        return this.answering(request, reply);
      };
      this.lines.run(who, turn).catch(refuse);
    });
  }

  private answering(request: FastifyRequest, { raw }: FastifyReply): Promise<void> {
    return new Promise((over) => {
      this.underWay.set(request, over);
      finished(raw, () => over());
    });
  }
}

const tooMany = () =>
  new DomainError('rate_limited', 'Too many of your requests are waiting. Try again in a moment.', {
    details: { retryAfterSeconds: 1 },
  });
