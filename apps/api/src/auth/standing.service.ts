/** Whether somebody who was let in may still be there: for what outlives its request, such as a subscription. */
import { Injectable } from '@nestjs/common';
import type { AdminAction, AdminResource } from '@reeve/policy';
import type { AdminActor } from './admin-actor.js';
import { AdminActors } from './admin-actors.service.js';
import { abilityIn } from './tenant-scope.js';

@Injectable()
export class Standing {
  constructor(private readonly actors: AdminActors) {}

  /** Asks the database again: the credential, the roles, what they permit. */
  async still(
    actor: AdminActor,
    tenantId: string,
    action: AdminAction,
    resource: AdminResource,
  ): Promise<boolean> {
    const now = await this.actors.refresh(actor);
    return now !== null && abilityIn(now, tenantId).can(action, resource);
  }
}
