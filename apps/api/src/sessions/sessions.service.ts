/** What the console needs to know about whoever has just signed in. */
import { Inject, Injectable } from '@nestjs/common';
import type { AdminActor } from '../auth/admin-actor.js';
import { CONFIG, type Config } from '../infra/config.js';
import { TenantsService } from '../tenants/tenants.service.js';
import type { Session } from './session.model.js';

@Injectable()
export class SessionsService {
  constructor(
    private readonly tenants: TenantsService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async of(actor: AdminActor): Promise<Session> {
    const tenants = await this.tenants.list(actor);
    const { id, name, platformAdmin, session } = actor;
    return {
      member: {
        id,
        name,
        platformAdmin,
        email: session?.email ?? '',
        totpEnabled: session?.totpEnabled ?? false,
      },
      tenants: tenants.map((tenant) => ({ tenant, roles: [...(actor.roles.get(tenant.id) ?? [])] })),
      serverTime: new Date(),
      environment: this.config.environment,
    };
  }
}
