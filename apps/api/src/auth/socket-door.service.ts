/**
 * Websockets are for who has signed in, and a few each: every console that is open holds one. Nothing is heard of a socket
 * before it is known whose it is, and who breaks the rules has none for a while.
 */
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import { closeUnheard, RULE_BROKEN } from '../infra/websockets.js';
import { AdminActors } from './admin-actors.service.js';
import type { Credentials } from './credentials.js';

/** Open sockets of one session, or of one management key. */
export const SOCKETS_MAX = 5;

const BARRED_MS = 5_000;
const ACTORS_MAX = 10_000;

const UNAUTHORIZED = [4401, 'Sign in first'] as const;
const TOO_MANY = [4429, `At most ${SOCKETS_MAX} sockets a session`] as const;
const BARRED = [4429, 'A socket of this session has just broken the rules'] as const;
/** RFC 6455's registry: "Try Again Later". */
const UNKNOWN = [1013, 'Who you are cannot be looked up right now'] as const;

@Injectable()
export class SocketDoor implements OnApplicationBootstrap {
  private readonly open = new Map<string, number>();
  /** Until when, by the process's own clock. */
  private readonly barred = new Map<string, number>();

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly actors: AdminActors,
  ) {}

  onApplicationBootstrap(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    fastify.websocketServer.on('connection', (socket: WebSocket, { headers }: IncomingMessage) => {
      void this.meet(socket, { headers, cookies: fastify.parseCookie(headers.cookie ?? '') });
    });
  }

  private async meet(socket: WebSocket, request: Credentials): Promise<void> {
    socket.pause();
    try {
      const actor = await this.actors.known(request);
      if (actor === null) closeUnheard(socket, ...UNAUTHORIZED);
      else this.admit(socket, actor.person?.tokenHash ?? actor.id);
    } catch {
      closeUnheard(socket, ...UNKNOWN);
    }
  }

  private admit(socket: WebSocket, who: string): void {
    const others = this.open.get(who) ?? 0;
    if (others >= SOCKETS_MAX) return closeUnheard(socket, ...TOO_MANY);
    if ((this.barred.get(who) ?? 0) > performance.now()) return closeUnheard(socket, ...BARRED);
    if (socket.readyState !== socket.OPEN) return;
    this.open.set(who, others + 1);
    socket.on('close', () => this.leave(who));
    socket.on(RULE_BROKEN, () => this.bar(who));
    socket.resume();
  }

  private bar(who: string): void {
    if (this.barred.size >= ACTORS_MAX) this.barred.clear();
    this.barred.set(who, performance.now() + BARRED_MS);
  }

  private leave(who: string): void {
    const others = this.open.get(who)! - 1;
    if (others === 0) this.open.delete(who);
    else this.open.set(who, others);
  }
}
