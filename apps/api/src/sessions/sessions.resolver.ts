import { Query, Resolver } from '@nestjs/graphql';
import type { AdminActor } from '../auth/admin-actor.js';
import { CurrentActor } from '../auth/current.js';
import { SignedIn } from '../auth/permission.js';
import { Session } from './session.model.js';
import { SessionsService } from './sessions.service.js';

@Resolver(() => Session)
export class SessionsResolver {
  constructor(private readonly service: SessionsService) {}

  @Query(() => Session)
  @SignedIn()
  session(@CurrentActor() actor: AdminActor) {
    return this.service.of(actor);
  }
}
