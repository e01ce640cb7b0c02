/** Whether somebody who was let in may still be there: for what outlives its request, such as a subscription. */
import { Injectable } from '@nestjs/common';
import type { AdminAction, AdminResource } from '@reeve/policy';
import { ApiKeysService } from '../api-keys/api-keys.service.js';
import type { AdminActor } from './admin-actor.js';
import { CredentialsRepository } from './credentials.repository.js';
import { SessionsRepository } from './sessions.repository.js';
import { abilityIn } from './tenant-scope.js';

@Injectable()
export class Standing {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly credentials: CredentialsRepository,
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
    if (actor.session === undefined) return this.apiKeys.refresh(actor);
    const live = await this.sessions.findByHash(actor.session.tokenHash);
    if (live === null || live.owesSecondFactor) return null;
    return {
      ...actor,
      platformAdmin: live.member.platformAdmin,
      roles: await this.credentials.roles(actor.id),
    };
  }
}
