/** Members: those who may govern a tenant. Everybody in it may read whom to ask; an address is personal data. */
import { Injectable } from '@nestjs/common';
import type { AdminRole } from '@reeve/policy';
import type { AdminActor } from '../auth/admin-actor.js';
import { requireGrantable } from '../auth/grantable-roles.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { DomainError } from '../infra/errors.js';
import { MemberWriter, type Check, type Linked } from '../sign-in/member-writer.service.js';
import type { LinkedMember, Member } from './member.model.js';
import { MembersRepository } from './members.repository.js';
import { shownMember } from './shown-member.js';

/** The member as the caller saw them. */
export interface SeenMember {
  readonly memberId: string;
  readonly expectedVersion: number;
}

@Injectable()
export class MembersService {
  constructor(
    private readonly members: MembersRepository,
    private readonly writer: MemberWriter,
  ) {}

  async list(tenant: TenantScope): Promise<Member[]> {
    const personal = tenant.ability.can('read', 'Evidence');
    return (await this.members.list(tenant.id)).map((member) => shownMember(member, personal));
  }

  /** An invitation: whether or not the person is known elsewhere, the answer is an invited member and a link. */
  async add(
    actor: AdminActor,
    tenant: TenantScope,
    input: { email: string; name: string; roles: AdminRole[] },
    reason: string,
  ): Promise<LinkedMember> {
    const roles = someRoles(input.roles);
    requireGrantable(actor, tenant, roles);
    return linked(await this.writer.add(actor, tenant.id, { ...input, roles }, reason));
  }

  async newLink(
    actor: AdminActor,
    tenant: TenantScope,
    seen: SeenMember,
    reason: string,
  ): Promise<LinkedMember> {
    return linked(await this.writer.newLink(actor, seenIn(tenant, seen), reason, outranked(actor, tenant)));
  }

  async setRoles(
    actor: AdminActor,
    tenant: TenantScope,
    seen: SeenMember,
    given: AdminRole[],
    reason: string,
  ): Promise<Member> {
    const roles = someRoles(given);
    requireGrantable(actor, tenant, roles);
    const check = outranked(actor, tenant);
    return shownMember(await this.writer.setRoles(actor, seenIn(tenant, seen), roles, reason, check));
  }

  async setDisabled(
    actor: AdminActor,
    tenant: TenantScope,
    seen: SeenMember,
    disabled: boolean,
    reason: string,
  ): Promise<Member> {
    const check = outranked(actor, tenant);
    return shownMember(await this.writer.setDisabled(actor, seenIn(tenant, seen), disabled, reason, check));
  }

  remove(actor: AdminActor, tenant: TenantScope, seen: SeenMember, reason: string): Promise<boolean> {
    return this.writer.remove(actor, seenIn(tenant, seen), reason, outranked(actor, tenant));
  }
}

const seenIn = (tenant: TenantScope, seen: SeenMember) => ({ tenantId: tenant.id, ...seen });

/** Nobody touches a member who may do what they themselves may not. */
const outranked =
  (actor: AdminActor, tenant: TenantScope): Check =>
  ({ roles }) =>
    requireGrantable(actor, tenant, roles as AdminRole[]);

const linked = ({ member, link }: Linked): LinkedMember => ({ member: shownMember(member), link });

function someRoles(roles: readonly AdminRole[]): AdminRole[] {
  if (roles.length === 0) throw new DomainError('invalid', 'give at least one role', { path: 'roles' });
  return [...new Set(roles)];
}
