/**
 * Where agents come in: a Fastify of its own behind the one port, with an API key at the door and nothing else on the
 * way. Cookies, pages' security headers, CSRF and guards belong to people; here they would cost as much as deciding.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  fastify,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type InjectOptions,
  type LightMyRequestResponse,
} from 'fastify';
import type { AgentCaller } from './agent-caller.js';
import { ANSWER_HEADERS } from '../infra/answer-headers.js';
import { DomainError } from '../infra/errors.js';
import { sendProblem } from '../infra/failure.filter.js';
import { BODY_BYTES_MAX, type SideEntrance } from '../infra/http.js';
import { requestId } from '../infra/request-id.js';
import { bodyOf } from './agent-body.js';
import { bearerOf } from './bearer.js';

/** `POST path`, with JSON in and JSON out. */
export interface AgentRoute {
  readonly path: string;
  /** One sentence for the OpenAPI document. */
  readonly summary: string;
  /** JSON Schema of the body, for the OpenAPI document; `handle` validates. */
  readonly body: () => unknown;
  readonly status: 200 | 201;
  /** Throws DomainError. */
  handle(caller: AgentCaller, body: unknown): Promise<unknown>;
}

export interface AgentController {
  readonly routes: readonly AgentRoute[];
}

/** Throws `unauthenticated`. A promise only when the key has not been seen before. */
export type Authenticate = (bearer: string) => AgentCaller | Promise<AgentCaller>;

const PATHS = /^\/(access\/v1|v1\/outcomes)(\/|\?|$)/;
const CALLER = Symbol('the AgentCaller whom the door let in');
type Admitted = FastifyRequest & { [CALLER]: AgentCaller };

export class AgentEntrance implements SideEntrance {
  private readonly server: FastifyInstance = fastify({
    bodyLimit: BODY_BYTES_MAX,
    exposeHeadRoutes: false,
    genReqId: requestId,
    requestIdHeader: false,
    frameworkErrors: (error, request, reply) => sendProblem(request, reply as FastifyReply, error),
  });
  private draining = false;

  owns(url: string): boolean {
    return PATHS.test(url);
  }

  handle(request: IncomingMessage, response: ServerResponse): void {
    this.server.routing(request, response);
  }

  /** A request past the port, for tests. */
  inject(options: InjectOptions): Promise<LightMyRequestResponse> {
    return this.server.inject(options);
  }

  drain(): void {
    this.draining = true;
  }

  async open(authenticate: Authenticate, controllers: readonly AgentController[]): Promise<void> {
    const { server } = this;
    server.removeAllContentTypeParsers();
    server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, bytes, done) => {
      try {
        done(null, bodyOf(bytes as Buffer));
      } catch (error) {
        done(error as Error);
      }
    });
    server.setErrorHandler((error, request, reply) => sendProblem(request, reply, error));
    server.setNotFoundHandler((request, reply) =>
      sendProblem(request, reply, new DomainError('not_found', 'There is nothing here.')),
    );
    // A connection that is kept alive would keep us: the last answer on it says goodbye.
    server.addHook('onSend', (_request, reply, _payload, done) => {
      if (this.draining) void reply.header('connection', 'close');
      done();
    });
    server.addHook('onRequest', (request, reply, done) => {
      void reply.header('x-request-id', request.id);
      const admit = (caller: AgentCaller) => {
        (request as Admitted)[CALLER] = caller;
        done();
      };
      try {
        const caller = authenticate(bearerOf(request) ?? '');
        if (caller instanceof Promise) caller.then(admit, done);
        else admit(caller);
      } catch (error) {
        done(error as Error);
      }
    });
    for (const { path, status, handle } of controllers.flatMap(({ routes }) => routes))
      server.post(path, (request, reply) => {
        handle((request as Admitted)[CALLER], request.body).then(
          (answer) => this.answer(reply, status, answer),
          (error: unknown) => reply.send(error),
        );
      });
    await server.ready();
  }

  /** Straight to the socket: there is nothing left for a hook or a serializer to do. */
  private answer(reply: FastifyReply, status: number, answer: unknown): void {
    const text = JSON.stringify(answer);
    reply.hijack();
    reply.raw.writeHead(status, {
      ...ANSWER_HEADERS,
      'x-request-id': reply.request.id,
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(text),
      ...(this.draining ? { connection: 'close' } : {}),
    });
    reply.raw.end(text);
  }
}
