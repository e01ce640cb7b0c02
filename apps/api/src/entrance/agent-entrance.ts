/**
 * The agents' way in: a Fastify of its own behind the one port, with an API key at the door and nothing else on the
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
import type { AgentCaller, ScopedCaller } from '../auth/agent-caller.js';
import { bearerOf } from '../auth/bearer.js';
import { ANSWER_HEADERS } from '../infra/answer-headers.js';
import { AGENTS_BODIES, Bodies } from '../infra/bodies.js';
import { DomainError } from '../infra/errors.js';
import { sendProblem } from '../infra/failure.filter.js';
import type { SideEntrance } from '../infra/http.js';
import { givenId, isRequestId, requestId, REQUEST_ID_MAX } from '../infra/request-id.js';
import { traceOf, traceRequests } from '../infra/tracing/tracing.js';
import {
  answerOf,
  routesOf,
  type AgentController,
  type MountedRoute,
  type RouteAnswer,
  type RouteBody,
} from './agent-route.js';

/** Throws `unauthenticated`. A promise only when the key has not been seen before. */
export type Authenticate = (bearer: string) => ScopedCaller | Promise<ScopedCaller>;

const CALLER = Symbol('the AgentCaller whom the door let in');
const BYTES = Symbol('how long the body was');
type Admitted = FastifyRequest & { [CALLER]: AgentCaller; [BYTES]?: number };

export class AgentEntrance implements SideEntrance {
  private readonly server: FastifyInstance = fastify({
    exposeHeadRoutes: false,
    genReqId: requestId,
    requestIdHeader: false,
    frameworkErrors: (error, request, reply) => sendProblem(request, reply as FastifyReply, error),
  });
  private readonly bodies = new Bodies(AGENTS_BODIES);
  private prefixes: readonly string[] = [];
  private draining = false;

  owns(url: string): boolean {
    return this.prefixes.some(
      (prefix) => url.startsWith(prefix) && [undefined, '/', '?'].includes(url[prefix.length]),
    );
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

  /** `traced`: whether anybody watches. */
  async open(
    authenticate: Authenticate,
    controllers: readonly AgentController[],
    traced = false,
  ): Promise<void> {
    const { server } = this;
    this.prefixes = [...new Set(controllers.map(({ prefix }) => prefix))];
    server.removeAllContentTypeParsers();
    server.setErrorHandler((error, request, reply) => sendProblem(request, reply, error));
    const routes = routesOf(controllers);
    server.setNotFoundHandler((request, reply) => {
      const [path] = request.url.split('?');
      const methods = routes.filter((route) => route.path === path).map(({ method }) => method);
      if (methods.length > 0) void reply.header('allow', methods.join(', '));
      sendProblem(request, reply, methods.length > 0 ? otherMethod(methods) : nothingHere());
    });
    if (traced) traceRequests(server);
    // A connection that is kept alive would keep us: the last answer on it says goodbye.
    server.addHook('onSend', (_request, reply, _payload, done) => {
      if (this.draining) void reply.header('connection', 'close');
      done();
    });
    server.addHook('onRequest', (request, reply, done) => {
      void reply.header('x-request-id', request.id);
      const { route } = request.routeOptions.config as { readonly route?: MountedRoute };
      const credentialOf = route?.credential ?? bearerOf;
      const admit = (caller: ScopedCaller) => {
        try {
          requireScope(caller, route);
          const { room = this.bodies, bytesMax } = route?.body ?? {};
          room.admit(caller.tenantId, request, reply, bytesMax);
        } catch (error) {
          return done(error as Error);
        }
        (request as Admitted)[CALLER] = caller;
        done(wrongId(request.raw));
      };
      try {
        const caller = authenticate(credentialOf(request) ?? '');
        if (caller instanceof Promise) caller.then(admit, done);
        else admit(caller);
      } catch (error) {
        done(error as Error);
      }
    });
    for (const route of routes) void server.register(async (scope) => this.serve(scope, route));
    await server.ready();
  }

  /** In a scope of its own: what it reads is no other route's business. */
  private serve(scope: FastifyInstance, route: MountedRoute): void {
    const { method, path, body, handle } = route;
    if (body !== undefined) reads(scope, body);
    scope.setErrorHandler((error, request, reply) =>
      sendProblem(request, reply, refusalOf(error, body), answerOf(route, request.headers).failure),
    );
    scope.route({
      method,
      url: path,
      config: { route },
      handler: (request, reply) => {
        const { body: read, params, query, [CALLER]: caller, [BYTES]: bytes = 0 } = request as Admitted;
        const trace = traceOf(request);
        handle(caller, { body: read, params, query, bytes, ...(trace && { trace }) }).then(
          (result) => this.send(reply, answerOf(route, request.headers), result),
          (error: unknown) => reply.send(error),
        );
      },
    });
  }

  /** Straight to the socket: there is nothing left for a hook or a serializer to do. */
  private send(reply: FastifyReply, { status, contentType, write }: RouteAnswer, result: unknown): void {
    const { id } = reply.request;
    const written = write(result);
    // Node writes headers in the encoding of a text after them: before bytes they go out as they came.
    const body = ASCII.test(id) ? written : Buffer.from(written);
    reply.hijack();
    reply.raw.writeHead(status, {
      ...ANSWER_HEADERS,
      'x-request-id': id,
      'content-type': contentType,
      'content-length': Buffer.byteLength(written),
      ...(this.draining ? { connection: 'close' } : {}),
    });
    reply.raw.end(body);
  }
}

/** Hands the bytes of a body to the route's own reader. */
function reads(scope: FastifyInstance, { contentTypes, bytesMax, read }: RouteBody): void {
  const limits = { parseAs: 'buffer' as const, bodyLimit: bytesMax };
  scope.addContentTypeParser<Buffer>([...contentTypes], limits, (request, bytes, done) => {
    (request as Admitted)[BYTES] = bytes.length;
    try {
      done(null, read(bytes, request.headers));
    } catch (error) {
      done(error as Error);
    }
  });
}

/** A key is for what it was made for: a collector's decides nothing, and an agent's sends no traces by chance. */
function requireScope(caller: ScopedCaller, route: MountedRoute | undefined): void {
  if (route === undefined || caller.scopes.includes(route.scope)) return;
  throw new DomainError('forbidden', `This API key has not the scope ${route.scope}.`);
}

const ASCII = /^[ -~]*$/;

const nothingHere = () => new DomainError('not_found', 'There is nothing here.');

const otherMethod = (methods: readonly string[]) =>
  new DomainError('method_not_allowed', `Send a ${methods.join(' or a ')} request.`);

/** An answer has the request's own id or none: one that can't come back as it was sent is refused. */
function wrongId(request: IncomingMessage): DomainError | undefined {
  const given = givenId(request);
  if (given === undefined || isRequestId(given)) return undefined;
  const message = `X-Request-ID has at most ${REQUEST_ID_MAX} characters, and no control characters.`;
  return new DomainError('bad_request', message, { path: '' });
}

/** A content type that the route does not read is refused in the route's own words. */
function refusalOf(error: unknown, body: RouteBody | undefined): unknown {
  const isOtherType = (error as { code?: unknown }).code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
  if (!isOtherType || body === undefined) return error;
  return new DomainError(body.otherType.code, body.otherType.message, { path: '' });
}
