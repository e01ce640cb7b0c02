/** What the API can do is told to whoever may come in: introspection has no handler of ours, so no guard stands before it. */
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type DocumentNode, visit } from 'graphql';
import type { MercuriusContext, MercuriusPlugin } from 'mercurius';
import { DomainError } from '../infra/errors.js';
import { toGraphQLError } from '../infra/failure.filter.js';
import { AdminActors } from './admin-actors.service.js';

const INTROSPECTION = new Set(['__schema', '__type']);

@Injectable()
export class Introspection implements OnApplicationBootstrap {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly actors: AdminActors,
  ) {}

  onApplicationBootstrap(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance & { graphql?: MercuriusPlugin }>();
    fastify.graphql?.addHook('preExecution', async (_schema, document, context) =>
      this.requireSignIn(document, context),
    );
  }

  private async requireSignIn(document: DocumentNode, { reply }: MercuriusContext): Promise<void> {
    if (!asksForSchema(document)) return;
    const request: FastifyRequest | undefined = reply?.request;
    if (request === undefined || (await this.actors.of(request)) === null)
      throw toGraphQLError(new DomainError('unauthenticated', 'Sign in first.'), undefined);
  }
}

function asksForSchema(document: DocumentNode): boolean {
  let found = false;
  visit(document, { Field: ({ name }) => void (found ||= INTROSPECTION.has(name.value)) });
  return found;
}
