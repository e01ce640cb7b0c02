/** Routes that agents may call, as their controllers say them: the entrance serves them, the OpenAPI document is made of them. */
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyRequest } from 'fastify';
import type { AgentCaller, KeyScope } from '../auth/agent-caller.js';
import type { Bodies } from '../infra/bodies.js';
import type { ErrorCode } from '../infra/errors.js';
import type { FailureForm } from '../infra/failure.filter.js';
import type { Context } from '../infra/tracing/tracing.js';

export interface AgentRoute {
  readonly method: 'GET' | 'POST';
  /** Beneath the controller's prefix; '' is the prefix itself. */
  readonly path: `/${string}` | '';
  /** One sentence for the OpenAPI document. */
  readonly summary: string;
  /** What the caller's key has to be for. */
  readonly scope: KeyScope;
  /** Where the key stands; `Authorization: Bearer` where nothing is said. */
  readonly credential?: (request: Pick<FastifyRequest, 'headers'>) => string | undefined;
  /** A GET has none. */
  readonly body?: RouteBody;
  /** Also by what was sent, where that says how to answer. */
  readonly answer: RouteAnswer | ((headers: IncomingHttpHeaders) => RouteAnswer);
  /** The result is written as `answer` says. Throws DomainError. */
  handle(caller: AgentCaller, asked: Asked): Promise<unknown>;
}

/**
 * The parts of a request that a handler may look at: who asks is the door's to say. `body` is as the route's `RouteBody`
 * has read it.
 */
export interface Asked extends Pick<FastifyRequest, 'body' | 'params' | 'query'> {
  /** The length of the body as it was sent. */
  readonly bytes: number;
  /** Where it stands in its caller's trace, if anybody watches. */
  readonly trace?: Context;
}

/** The body a route reads, by its content type; whatever else is sent gets no further than the door. */
export interface RouteBody {
  readonly contentTypes: readonly string[];
  readonly bytesMax: number;
  /** The room its bodies are held in while they are under way; all agents' where nothing is said. */
  readonly room?: Bodies;
  /** The code for a content type that is none of these, and what the caller is told. */
  readonly otherType: { readonly code: ErrorCode; readonly message: string };
  /** JSON Schema for the OpenAPI document; `handle` validates. */
  readonly schema: () => unknown;
  /** Throws DomainError. */
  read(bytes: Buffer, headers: IncomingHttpHeaders): unknown;
}

/** The answer of a route when nothing is wrong. */
export interface RouteAnswer {
  readonly status: 200 | 201;
  readonly contentType: string;
  write(answer: unknown): string | Uint8Array;
  /** How a failure leaves; as a problem where nothing is said. */
  readonly failure?: FailureForm;
}

export const answerOf = (
  { answer }: Pick<AgentRoute, 'answer'>,
  headers: IncomingHttpHeaders,
): RouteAnswer => (typeof answer === 'function' ? answer(headers) : answer);

export interface AgentController {
  /** Everything beneath it is agents': a path that no route has is not found, and never a page. */
  readonly prefix: `/${string}`;
  readonly routes: readonly AgentRoute[];
}

export type MountedRoute = Omit<AgentRoute, 'path'> & { readonly path: string };

/** The routes at their whole paths. */
export const routesOf = (controllers: readonly AgentController[]): MountedRoute[] =>
  controllers.flatMap(({ prefix, routes }) =>
    routes.map((route) => ({ ...route, path: `${prefix}${route.path}` })),
  );
