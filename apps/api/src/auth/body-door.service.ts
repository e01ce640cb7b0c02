/** What people and their automation send is a sum, in shares; who has not signed in has nothing to say that is long. */
import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Bodies, bytesToCome, PEOPLES_BODIES, SMALL_BODY_BYTES } from '../infra/bodies.js';
import { DomainError } from '../infra/errors.js';
import { AdminActors } from './admin-actors.service.js';

@Injectable()
export class BodyDoor {
  private readonly bodies = new Bodies(PEOPLES_BODIES);

  constructor(private readonly actors: AdminActors) {}

  /** Before the routes are there, and behind what reads cookies. */
  guard(fastify: FastifyInstance): void {
    fastify.addHook('onRequest', async (request, reply) => {
      if (bytesToCome(request) > SMALL_BODY_BYTES) await this.admit(request, reply);
    });
  }

  private async admit(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const actor = await this.actors.known(request);
    if (actor === null) throw new DomainError('too_large', TOO_LARGE);
    this.bodies.admit(actor.person?.accountId ?? actor.id, request, reply);
  }
}

const TOO_LARGE = `The body is larger than ${SMALL_BODY_BYTES} bytes, and nobody is signed in.`;
