import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { AdminActor } from '../auth/admin-actor.js';
import { CurrentActor } from '../auth/current.js';
import { Permission } from '../auth/permission.js';
import { LinkedPlatformAdministrator, PlatformAdministrator } from './member.model.js';
import { PlatformAdministratorsService } from './platform-administrators.service.js';

@Resolver(() => PlatformAdministrator)
export class PlatformAdministratorsResolver {
  constructor(private readonly service: PlatformAdministratorsService) {}

  @Query(() => [PlatformAdministrator])
  @Permission('read', 'Member')
  platformAdministrators() {
    return this.service.list();
  }

  @Mutation(() => LinkedPlatformAdministrator)
  @Permission('create', 'Member')
  addPlatformAdministrator(
    @Args('email') email: string,
    @Args('name') name: string,
    @Args('reason') reason: string,
    @CurrentActor() actor: AdminActor,
  ) {
    return this.service.add(actor, { email, name }, reason);
  }

  @Mutation(() => LinkedPlatformAdministrator)
  @Permission('create', 'Member')
  newPlatformAdministratorLink(
    @Args('id', { type: () => ID }) memberId: string,
    @Args('expectedVersion', { type: () => Int }) expectedVersion: number,
    @Args('reason') reason: string,
    @CurrentActor() actor: AdminActor,
  ) {
    return this.service.newLink(actor, { memberId, expectedVersion }, reason);
  }

  @Mutation(() => Boolean)
  @Permission('delete', 'Member')
  removePlatformAdministrator(
    @Args('id', { type: () => ID }) memberId: string,
    @Args('expectedVersion', { type: () => Int }) expectedVersion: number,
    @Args('reason') reason: string,
    @CurrentActor() actor: AdminActor,
  ) {
    return this.service.remove(actor, { memberId, expectedVersion }, reason);
  }
}
