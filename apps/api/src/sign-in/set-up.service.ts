/** The first administrator of an empty Reeve, by the link that its start printed. */
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { v7 as uuid } from 'uuid';
import { PLATFORM_TENANT_ID } from '../infra/config.js';
import { DomainError } from '../infra/errors.js';
import { SYSTEM } from '../ledger/actor.js';
import { Changes } from '../ledger/changes.js';
import { AccountsRepository } from './accounts.repository.js';
import { OneTimeLinksRepository } from './one-time-links.repository.js';
import { Passwords } from './passwords.js';
import { PlacesRepository } from './places.repository.js';
import { SignInLimits } from './sign-in-limits.js';

@Injectable()
export class SetUpService {
  constructor(
    private readonly links: OneTimeLinksRepository,
    private readonly accounts: AccountsRepository,
    private readonly places: PlacesRepository,
    private readonly passwords: Passwords,
    private readonly changes: Changes,
    private readonly limits: SignInLimits,
  ) {}

  /** Whether the first administrator is still to come. */
  async nobodyYet(): Promise<boolean> {
    return !(await this.accounts.any());
  }

  /** The link's secret while nobody has been set up, else null. */
  async setupToken(): Promise<string | null> {
    return (await this.nobodyYet()) ? this.links.issueSetup() : null;
  }

  /** Makes the first platform administrator, who can do everything else. Throws `gone` once there is one. */
  async setUp(
    request: FastifyRequest,
    input: { token: string; email: string; name: string; password: string },
  ): Promise<void> {
    const { token, name, password } = input;
    const email = input.email.toLowerCase();
    await this.limits.admit(request);
    const passwordHash = await this.passwords.hash(email, password, 'stranger');
    await this.changes.make(
      SYSTEM,
      { tenantId: PLATFORM_TENANT_ID, action: 'member.set_up', reason: 'First administrator set up' },
      async (tx, at) => {
        // The platform's ledger is held, so that two can't both be first.
        if (!(await this.links.takeSetup(tx, token, at.now)) || (await this.accounts.any()))
          throw new DomainError('gone', 'This link was used or is too old.');
        const account = { id: uuid(), email, name, passwordHash, createdAt: at.now };
        await this.accounts.create(tx, account);
        const id = uuid();
        await this.places.create(tx, {
          tenantId: PLATFORM_TENANT_ID,
          id,
          email,
          name,
          roles: ['owner'],
          accountId: account.id,
          createdAt: at.now,
        });
        return {
          target: `member:${id}`,
          before: null,
          after: { platform_admin: true },
          personal: { type: 'member', id, data: { email, name } },
          result: undefined,
        };
      },
    );
  }
}
