/** Members who come with a password: a demo's. Recorded like any other change, made by the system. */
import { Injectable } from '@nestjs/common';
import type { AdminRole } from '@reeve/policy';
import { MemberWriter, type SeedPerson } from '../sign-in/member-writer.service.js';
import { PLATFORM_TENANT_ID } from '../infra/config.js';
import { MembersRepository } from './members.repository.js';

@Injectable()
export class SeedMembersService {
  constructor(
    private readonly members: MembersRepository,
    private readonly writer: MemberWriter,
  ) {}

  platformAdminEmails(): Promise<string[]> {
    return this.emails(PLATFORM_TENANT_ID);
  }

  async emails(tenantId: string): Promise<string[]> {
    return (await this.members.list(tenantId)).map(({ email }) => email);
  }

  createPlatformAdmin(person: SeedPerson, reason: string): Promise<void> {
    return this.writer.seed(PLATFORM_TENANT_ID, person, ['owner'], reason);
  }

  add(
    tenantId: string,
    person: SeedPerson & { readonly roles: readonly AdminRole[] },
    reason: string,
  ): Promise<void> {
    return this.writer.seed(tenantId, person, person.roles, reason);
  }
}
