/** What holds whole policies is one at a time of each who asks: a few megabytes each, and time that others wait for. */
import { finished } from 'node:stream';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { MercuriusContext, MercuriusPlugin } from 'mercurius';
import { DomainError } from '../infra/errors.js';
import { toGraphQLError } from '../infra/failure.filter.js';
import { COST, costOf } from '../infra/graphql/cost.js';
import { FewAtATime } from '../infra/few-at-a-time.js';
import { identityOf } from './admin-actor.js';
import { AdminActors } from './admin-actors.service.js';

/** Of one actor, under way and waiting. */
export const LARGE_QUERIES_MAX = 8;

@Injectable()
export class QueryTurns implements OnApplicationBootstrap {
  private readonly actors = new FewAtATime({ atATime: 1, max: LARGE_QUERIES_MAX }, tooMany);

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly admins: AdminActors,
  ) {}

  onApplicationBootstrap(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance & { graphql?: MercuriusPlugin }>();
    fastify.graphql?.addHook('preExecution', async (schema, document, context, variables) => {
      const cost = costOf(schema, document, (variables ?? {}) as Record<string, unknown>);
      if (cost >= COST.draft) await this.wait(context);
    });
  }

  /** Until it is this query's turn, which ends with its answer. Throws RATE_LIMITED. */
  private async wait({ reply }: MercuriusContext): Promise<void> {
    const actor = await this.admins.known(reply.request);
    if (actor === null) return; // the guard refuses it
    await new Promise<void>((begin, refuse) => {
      const turn = () => {
        begin();
        return answered(reply);
      };
      this.actors.run(identityOf(actor), turn).catch(refuse);
    });
  }
}

const answered = ({ raw }: FastifyReply): Promise<void> =>
  new Promise((over) => {
    finished(raw, () => over());
  });

const tooMany = () =>
  toGraphQLError(
    new DomainError('rate_limited', 'Too many large queries of yours are waiting. Try again in a moment.', {
      details: { retryAfterSeconds: 1 },
    }),
    undefined,
  );
