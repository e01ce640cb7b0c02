/** The person behind a session, as they are now: where they belong, as whom, with what roles. */
import { Injectable } from '@nestjs/common';
import type { AdminRole } from '@reeve/policy';
import { PLATFORM_TENANT_ID } from '../infra/config.js';
import { AccountsRepository } from './accounts.repository.js';
import { actorIn, type AdminActor } from '../auth/admin-actor.js';
import type { LiveSession } from './sessions.repository.js';

@Injectable()
export class People {
  constructor(private readonly accounts: AccountsRepository) {}

  async of({ session, account }: LiveSession): Promise<AdminActor> {
    const places = await this.accounts.places(account.id);
    const tenants = places.filter(({ tenantId }) => tenantId !== PLATFORM_TENANT_ID);
    const actor: AdminActor = {
      kind: 'member',
      id: account.id,
      name: account.name,
      platformAdmin: tenants.length < places.length,
      roles: new Map(tenants.map(({ tenantId, roles }) => [tenantId, roles as AdminRole[]])),
      person: {
        tokenHash: session.tokenHash,
        accountId: account.id,
        email: account.email,
        totpEnabled: account.totpEnabledAt !== null,
        places: new Map(places.map(({ tenantId, id, name }) => [tenantId, { id, name }])),
      },
    };
    return actorIn(actor, PLATFORM_TENANT_ID);
  }
}
