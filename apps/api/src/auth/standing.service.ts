/** Whether somebody who was let in may still be there: for what outlives its request, such as a subscription. */
import { Injectable } from '@nestjs/common';
import type { AdminAction, AdminResource } from '@reeve/policy';
import { ApiKeysService } from '../api-keys/api-keys.service.js';
import type { AdminActor } from './admin-actor.js';
import { People } from './people.service.js';
import { SessionsRepository } from './sessions.repository.js';
import { abilityIn } from './tenant-scope.js';

@Injectable()
export class Standing {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly people: People,
    private readonly apiKeys: ApiKeysService,
  ) {}

  /** Asks the database again: the credential, the roles, what they permit. */
  async still(
    actor: AdminActor,
    tenantId: string,
    action: AdminAction,
    resource: AdminResource,
  ): Promise<boolean> {
    const now = await this.again(actor);
    return now !== null && abilityIn(now, tenantId).can(action, resource);
  }

  private async again(actor: AdminActor): Promise<AdminActor | null> {
    if (actor.person === undefined) return this.apiKeys.refresh(actor);
    const live = await this.sessions.findByHash(actor.person.tokenHash);
    return live === null || live.owesSecondFactor ? null : this.people.of(live);
  }
}
