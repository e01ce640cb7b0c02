/** Whom the guard let in, kept with the request for the parameter decorators. Filled by the guard, never by a body. */
import type { ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext, type GqlContextType } from '@nestjs/graphql';
import type { FastifyRequest } from 'fastify';
import type { AdminActor } from './admin-actor.js';
import type { TenantScope } from './tenant-scope.js';

export interface Admission {
  actor?: Promise<AdminActor | null>;
  /** By the tenant the request names. A scope says what may be done; that this may be done is the guard's word. */
  readonly scopes: Map<string, readonly TenantScope[]>;
}

interface GraphQLContext {
  readonly req?: FastifyRequest;
  readonly request?: FastifyRequest;
}

export interface Entrance {
  readonly request: FastifyRequest;
  /** The tenant the request names, if it names one. */
  readonly tenant: string | undefined;
  /** One per HTTP request, and one per operation on a websocket, so that a revoked credential ends at the next. */
  readonly admission: Admission;
}

const admissions = new WeakMap<object, Admission>();

export function entranceOf(context: ExecutionContext): Entrance {
  if (context.getType<GqlContextType>() === 'graphql') {
    const graphql = GqlExecutionContext.create(context);
    const owner = graphql.getContext<GraphQLContext>();
    const request = owner.req ?? owner.request;
    if (request === undefined) throw new Error('a GraphQL operation without a request');
    return {
      request,
      tenant: text(graphql.getArgs<{ tenant?: unknown }>().tenant),
      admission: admissionOf(owner),
    };
  }
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  return {
    request,
    tenant: text((request.query as { tenant?: unknown }).tenant),
    admission: admissionOf(request),
  };
}

function admissionOf(owner: object): Admission {
  let admission = admissions.get(owner);
  if (admission === undefined) {
    admission = { scopes: new Map() };
    admissions.set(owner, admission);
  }
  return admission;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
