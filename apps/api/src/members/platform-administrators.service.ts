/** Administrators of the deployment: the platform's own members. Never none of them. */
import { Injectable } from '@nestjs/common';
import type { AdminActor } from '../auth/admin-actor.js';
import { PLATFORM_TENANT_ID } from '../infra/config.js';
import { MemberWriter, type Linked } from '../sign-in/member-writer.service.js';
import type { LinkedPlatformAdministrator, PlatformAdministrator } from './member.model.js';
import { MembersRepository } from './members.repository.js';
import type { SeenMember } from './members.service.js';
import { shownAdministrator } from './shown-member.js';

@Injectable()
export class PlatformAdministratorsService {
  constructor(
    private readonly members: MembersRepository,
    private readonly writer: MemberWriter,
  ) {}

  async list(): Promise<PlatformAdministrator[]> {
    return (await this.members.list(PLATFORM_TENANT_ID)).map(shownAdministrator);
  }

  async add(
    actor: AdminActor,
    person: { email: string; name: string },
    reason: string,
  ): Promise<LinkedPlatformAdministrator> {
    const input = { ...person, roles: ['owner'] as const };
    return linked(await this.writer.add(actor, PLATFORM_TENANT_ID, input, reason));
  }

  async newLink(actor: AdminActor, seen: SeenMember, reason: string): Promise<LinkedPlatformAdministrator> {
    return linked(await this.writer.newLink(actor, onPlatform(seen), reason, anybody));
  }

  /** Ends their sessions, wherever else they belong. */
  remove(actor: AdminActor, seen: SeenMember, reason: string): Promise<boolean> {
    return this.writer.remove(actor, onPlatform(seen), reason, anybody);
  }
}

const onPlatform = (seen: SeenMember) => ({ tenantId: PLATFORM_TENANT_ID, ...seen });

/** Administrators of the platform are equals. */
const anybody = () => undefined;

const linked = ({ member, link }: Linked): LinkedPlatformAdministrator => ({
  administrator: shownAdministrator(member),
  link,
});
