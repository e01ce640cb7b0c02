/** Reeve's Fastify: what every request of people and their automation meets before a handler does. */
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type ServerOptions,
  type ServerResponse,
} from 'node:http';
import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import websocket from '@fastify/websocket';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Redis } from 'ioredis';
import { problemOfText } from '@reeve/policy';
import { ANSWER_HEADERS } from './answer-headers.js';
import { BODY_BYTES_MAX } from './bodies.js';
import type { Config } from './config.js';
import { DomainError } from './errors.js';
import { capAnswers } from './graphql/answer-size.js';
import { sendProblem } from './failure.filter.js';
import { isOwnOrigin, trustedOrigins } from './origins.js';
import { redisOutage } from './outage.js';
import { publicUrl } from './public-url.js';
import { requestId } from './request-id.js';
import { traceRequests } from './tracing/tracing.js';
import { boundSocket, FRAME_BYTES_MAX, PROTOCOL } from './websockets.js';

/** Serves its own paths on the same port, without what stands in front of the others. */
export interface SideEntrance {
  owns(url: string): boolean;
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** From now on each answer asks for its connection to be closed. */
  drain(): void;
}

/**
 * A failure before a handler, in a hook or a parser, leaves like everything else. Set before the first plugin loads:
 * Nest would set its own when the routes have Fastify's already.
 */
export class ReeveAdapter extends FastifyAdapter {
  private draining = false;

  constructor(private readonly beside: SideEntrance) {
    super({
      serverFactory: (handle: RequestListener, options: ServerOptions) =>
        createServer(options, (request, response) => {
          if (beside.owns(request.url!)) beside.handle(request, response);
          else handle(request, response);
        }),
      bodyLimit: BODY_BYTES_MAX,
      genReqId: requestId,
      requestIdHeader: false,
      forceCloseConnections: 'idle',
      routerOptions: { maxParamLength: 200 },
      frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) =>
        sendProblem(request, reply, error),
    });
    this.instance.removeContentTypeParser('text/plain');
    const parse = this.instance.getDefaultJsonParser('error', 'error');
    this.instance.addContentTypeParser<string>(
      'application/json',
      { parseAs: 'string' },
      (request: FastifyRequest, text: string, done: (error: Error | null, body?: unknown) => void) =>
        parse(request, text, (error, body) => done(error ?? misread(text), body)),
    );
    // A connection that is kept alive would keep us: the last answer on it says goodbye.
    this.instance.addHook(
      'onSend',
      (_request: FastifyRequest, reply: FastifyReply, _payload: unknown, done: () => void) => {
        if (this.draining) void reply.header('connection', 'close');
        done();
      },
    );
    this.instance.setErrorHandler((error: unknown, request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(request, reply, error),
    );
  }

  /** Called before anything is closed. */
  override beforeClose(): void {
    super.beforeClose();
    this.drain();
  }

  /** From now on each answer asks for its connection to be closed. */
  drain(): void {
    this.draining = true;
    this.beside.drain();
  }

  /** Ours is set; Nest's is not. */
  override setErrorHandler(): FastifyInstance {
    return this.instance;
  }
}

/** A number or a second member of one name that JSON.parse would make something else of, as agents' bodies have it. */
function misread(text: string): DomainError | null {
  const problem = problemOfText(text);
  return problem && new DomainError('invalid', `${problem.path} ${problem.message}`, { problems: [problem] });
}

export const newAdapter = (beside: SideEntrance): FastifyAdapter => new ReeveAdapter(beside);

/** Before `init`: headers, origins, cookies, limits. */
export async function secure(app: NestFastifyApplication, config: Config): Promise<void> {
  app.useSecurityHeaders({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: "'self'",
        scriptSrc: "'self'",
        // Positions of popups, sizes of virtual rows: attributes that React writes.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: "'self'",
        connectSrc: ["'self'", ...websocketsOf(config)],
        objectSrc: "'none'",
        baseUri: "'none'",
        formAction: "'self'",
        frameAncestors: "'none'",
      },
    },
    strictTransportSecurity: publicUrl(config).startsWith('https:'),
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'same-origin' },
  });
  // Fetch metadata, else Origin against Host: docs/adr/0008.
  app.enableCsrfProtection({ trustedOrigins: trustedOrigins(config) });
  if (config.origins.length > 0) app.enableCors({ origin: corsOrigin(config), credentials: true });

  const fastify = app.getHttpAdapter().getInstance();
  if (config.otlp !== undefined) traceRequests(fastify);
  fastify.addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    void reply.headers({ ...ANSWER_HEADERS, 'x-request-id': request.id });
    done();
  });
  fastify.addHook(
    'onSend',
    (
      _request: FastifyRequest,
      reply: FastifyReply,
      payload: unknown,
      done: (e: null, p: unknown) => void,
    ) => {
      // What is no page may do nothing, should a browser take it for one; a page's own headers are longer than it is.
      if (!PAGES.test(String(reply.getHeader('content-type')))) {
        for (const name of PAGE_HEADERS) void reply.removeHeader(name);
        void reply.header('content-security-policy', "default-src 'none';frame-ancestors 'none'");
      }
      done(null, payload);
    },
  );
  capAnswers(fastify);
  await app.register(cookie);
  // Before GraphQL would register its own: this one bounds what a socket may do.
  await app.register(websocket, {
    options: {
      maxPayload: FRAME_BYTES_MAX,
      handleProtocols: (offered: ReadonlySet<string>) => offered.has(PROTOCOL) && PROTOCOL,
      // A browser sends cookies with any websocket, so the page that opens one has to be ours (CSWSH).
      verifyClient: ({ req }: { req: IncomingMessage }) => isOwnOrigin(req, config),
    },
  });
  fastify.websocketServer.on('connection', boundSocket);
  await app.register(rateLimit, { global: false, ...sharedCounts(fastify, config) });
}

/** With REDIS_URL all processes count together. */
function sharedCounts(fastify: FastifyInstance, { redisUrl }: Config): { redis?: Redis } {
  if (redisUrl === undefined) return {};
  const redis = new Redis(redisUrl, { enableOfflineQueue: false });
  redis.on('error', (error: Error) => redisOutage.failed(error));
  redis.on('ready', () => redisOutage.answered());
  fastify.addHook('onClose', () => redis.disconnect());
  return { redis };
}

/** What a browser shows as a document, scripts in it included. */
const PAGES = /^(text\/html|image\/svg|application\/xhtml|(text|application)\/xml)/;
/** They say how a document behaves among others. */
const PAGE_HEADERS = [
  'cross-origin-opener-policy',
  'origin-agent-cluster',
  'referrer-policy',
  'x-dns-prefetch-control',
  'x-download-options',
  'x-permitted-cross-domain-policies',
  'x-xss-protection',
];

const corsOrigin = ({ origins }: Config): true | string[] => (origins.includes('*') ? true : [...origins]);

/** Safari takes 'self' to mean http(s) only. */
const websocketsOf = (config: Config): string[] => [publicUrl(config).replace(/^http/, 'ws')];
