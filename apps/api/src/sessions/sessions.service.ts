/** A session, as the console needs to know it of whoever has just signed in. */
import { Inject, Injectable } from '@nestjs/common';
import { AccountService } from '../sign-in/account.service.js';
import { actorIn, type AdminActor } from '../auth/admin-actor.js';
import { CONFIG, type Config } from '../infra/config.js';
import { TenantsService } from '../tenants/tenants.service.js';
import type { Session } from './session.model.js';

@Injectable()
export class SessionsService {
  constructor(
    private readonly tenants: TenantsService,
    private readonly account: AccountService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async of(actor: AdminActor): Promise<Session> {
    const tenants = await this.tenants.list(actor);
    const { id, name, platformAdmin, person } = actor;
    return {
      member: {
        id,
        name,
        platformAdmin,
        email: person?.email ?? '',
        totpEnabled: person?.totpEnabled ?? false,
        recoveryCodes: person === undefined ? 0 : await this.account.recoveryCodesLeft(person.accountId),
      },
      tenants: tenants.map((tenant) => ({
        tenant,
        roles: [...(actor.roles.get(tenant.id) ?? [])],
        memberId: actorIn(actor, tenant.id).id,
      })),
      serverTime: new Date(),
      environment: this.config.environment,
    };
  }
}
