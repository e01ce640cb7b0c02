/** Members who come with a password: a demo's. Recorded like any other change, made by the system. */
import { Injectable } from '@nestjs/common';
import type { AdminRole } from '@reeve/policy';
import { v7 as uuid } from 'uuid';
import { hashPassword } from '../auth/passwords.js';
import { PLATFORM_TENANT_ID } from '../infra/config.js';
import { SYSTEM } from '../ledger/actor.js';
import { Changes } from '../ledger/changes.js';
import { MembersRepository } from './members.repository.js';

export interface SeedPerson {
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

@Injectable()
export class SeedMembersService {
  constructor(
    private readonly members: MembersRepository,
    private readonly changes: Changes,
  ) {}

  async platformAdminEmails(): Promise<string[]> {
    return (await this.members.platformAdmins()).map(({ email }) => email);
  }

  async emails(tenantId: string): Promise<string[]> {
    return (await this.members.list(tenantId)).map(({ member }) => member.email);
  }

  async createPlatformAdmin(person: SeedPerson, reason: string): Promise<void> {
    const passwordHash = await hashPassword(person.password);
    await this.changes.make(
      SYSTEM,
      PLATFORM_TENANT_ID,
      'member.add_platform_admin',
      reason,
      async (tx, at) => {
        const { email, name } = person;
        const data = { id: uuid(), email, name, passwordHash, platformAdmin: true, createdAt: at.now };
        const { id } = await this.members.create(tx, data);
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

  async add(
    tenantId: string,
    person: SeedPerson & { readonly roles: readonly AdminRole[] },
    reason: string,
  ): Promise<void> {
    const { email, name, roles } = person;
    const passwordHash = await hashPassword(person.password);
    await this.changes.make(SYSTEM, tenantId, 'member.add', reason, async (tx, at) => {
      const data = { id: uuid(), email, name, passwordHash, createdAt: at.now };
      const member = (await this.members.byEmail(tx, email)) ?? (await this.members.create(tx, data));
      await this.members.join(tx, tenantId, member.id, roles, at.now);
      return {
        target: `member:${member.id}`,
        before: null,
        after: { roles },
        personal: { type: 'member', id: member.id, data: { email, name } },
        result: undefined,
      };
    });
  }
}
