/** Who may govern a tenant. People are named in evidence only; a record knows them by their id. */
import { Inject, Injectable } from '@nestjs/common';
import type { AdminRole } from '@reeve/policy';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import type { AdminActor } from '../auth/admin-actor.js';
import { Email, PersonName } from '../auth/auth.schemas.js';
import { requireGrantable } from '../auth/grantable-roles.js';
import { newLink } from '../auth/one-time-link.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { CONFIG, type Config } from '../infra/config.js';
import { DomainError } from '../infra/errors.js';
import { publicUrl } from '../infra/public-url.js';
import { requireVersion } from '../infra/require-version.js';
import { valid } from '../infra/valid.js';
import { Changes, type LedgerTx } from '../ledger/changes.js';
import type { AddedMember, Member } from './member.model.js';
import { MembersRepository, type MemberOf } from './members.repository.js';

@Injectable()
export class MembersService {
  constructor(
    private readonly members: MembersRepository,
    private readonly changes: Changes,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async list(tenant: TenantScope): Promise<Member[]> {
    return (await this.members.list(tenant.id)).map(shown);
  }

  /**
   * Adds a person by e-mail. A new one gets a link to set a password; one who belongs elsewhere does not, so that a
   * tenant cannot take over an account it did not make.
   */
  add(
    actor: AdminActor,
    tenant: TenantScope,
    input: { email: string; name: string; roles: AdminRole[] },
    reason: string,
  ): Promise<AddedMember> {
    const email = valid(Email, input.email.trim(), 'email').toLowerCase();
    const name = valid(PersonName, input.name, 'name');
    const roles = someRoles(input.roles);
    requireGrantable(actor, tenant, roles);
    return this.changes.make(actor, tenant.id, 'member.add', reason, async (tx, at) => {
      const known = await this.members.byEmail(tx, email);
      if (known !== null && (await this.members.find(tx, tenant.id, known.id)) !== null)
        throw new DomainError('conflict', 'This person is a member already.', { path: 'email' });
      const member = known ?? (await this.members.create(tx, { id: uuid(), email, name, createdAt: at.now }));
      const membership = await this.members.join(tx, tenant.id, member.id, roles, at.now);
      return {
        target: `member:${member.id}`,
        before: null,
        after: { roles },
        personal: { type: 'member', id: member.id, data: { email: member.email, name: member.name } },
        result: {
          member: shown({ member, membership }),
          setupUrl: await this.invite(tx, tenant, { member, membership }, at.now),
        },
      };
    });
  }

  setRoles(
    actor: AdminActor,
    tenant: TenantScope,
    memberId: string,
    given: AdminRole[],
    expectedVersion: number,
    reason: string,
  ): Promise<Member> {
    const roles = someRoles(given);
    requireGrantable(actor, tenant, roles);
    return this.changes.make(actor, tenant.id, 'member.set_roles', reason, async (tx) => {
      const { member, membership } = await this.require(tx, tenant, memberId, expectedVersion);
      requireGrantable(actor, tenant, membership.roles as AdminRole[]);
      if (!roles.includes('owner')) await this.requireAnotherOwner(tx, tenant, { member, membership });
      const changed = await this.members.setRoles(tx, tenant.id, member.id, roles);
      return {
        target: `member:${member.id}`,
        before: { roles: membership.roles },
        after: { roles },
        result: shown({ member, membership: changed }),
      };
    });
  }

  /** Ends their sessions too when they belong nowhere else. */
  remove(
    actor: AdminActor,
    tenant: TenantScope,
    memberId: string,
    expectedVersion: number,
    reason: string,
  ): Promise<boolean> {
    return this.changes.make(actor, tenant.id, 'member.remove', reason, async (tx) => {
      const found = await this.require(tx, tenant, memberId, expectedVersion);
      requireGrantable(actor, tenant, found.membership.roles as AdminRole[]);
      await this.requireAnotherOwner(tx, tenant, found);
      await this.members.leave(tx, tenant.id, found.member.id);
      const elsewhere = await this.members.tenantsOf(tx, tenant.id, found.member.id);
      if (elsewhere.length === 0 && !found.member.platformAdmin)
        await this.members.signOutEverywhere(tx, found.member.id);
      return {
        target: `member:${found.member.id}`,
        before: { roles: found.membership.roles },
        after: null,
        result: true,
      };
    });
  }

  private async require(
    tx: LedgerTx,
    tenant: TenantScope,
    id: string,
    expectedVersion: number,
  ): Promise<MemberOf> {
    const found = await this.members.find(tx, tenant.id, valid(z.uuid(), id, 'memberId'));
    if (found === null) throw new DomainError('not_found', 'There is no such member.', { path: 'memberId' });
    requireVersion(found.membership, expectedVersion);
    return found;
  }

  private async requireAnotherOwner(
    tx: LedgerTx,
    tenant: TenantScope,
    { member, membership }: MemberOf,
  ): Promise<void> {
    if (!membership.roles.includes('owner')) return;
    if ((await this.members.otherOwners(tx, tenant.id, member.id)) === 0)
      throw new DomainError('conflict', 'This is the last owner. Make somebody else an owner first.');
  }

  private async invite(
    tx: LedgerTx,
    tenant: TenantScope,
    { member }: MemberOf,
    now: Date,
  ): Promise<string | null> {
    if (member.passwordHash !== null || member.platformAdmin) return null;
    const elsewhere = (await this.members.tenantsOf(tx, tenant.id, member.id)).filter(
      (id) => id !== tenant.id,
    );
    if (elsewhere.length > 0) return null;
    const { token, row } = newLink('password', member.id, now);
    await this.members.addLink(tx, row);
    // Behind the #, so that it reaches no log on the way.
    return `${publicUrl(this.config)}/set-password#token=${token}`;
  }
}

function someRoles(roles: readonly AdminRole[]): AdminRole[] {
  if (roles.length === 0) throw new DomainError('invalid', 'give at least one role', { path: 'roles' });
  return [...new Set(roles)];
}

const shown = ({ member, membership }: MemberOf): Member => ({
  id: member.id,
  email: member.email,
  name: member.name,
  roles: membership.roles as AdminRole[],
  totpEnabled: member.totpEnabledAt !== null,
  disabled: member.disabledAt !== null,
  pending: member.passwordHash === null,
  version: membership.version,
  createdAt: membership.createdAt,
});
