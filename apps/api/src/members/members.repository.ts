import { Injectable } from '@nestjs/common';
import type { Member, Membership, OneTimeLink, Prisma } from '@reeve/db';
import type { AdminRole } from '@reeve/policy';
import { Database, nameTenants } from '../infra/database.js';
import type { LedgerTx } from '../ledger/changes.js';

export interface MemberOf {
  readonly member: Member;
  readonly membership: Membership;
}

@Injectable()
export class MembersRepository {
  constructor(private readonly database: Database) {}

  list(tenantId: string): Promise<MemberOf[]> {
    return this.database.read(tenantId, async (tx) => {
      const memberships = await tx.membership.findMany({ where: { tenantId } });
      const ids = memberships.map(({ memberId }) => memberId);
      const members = await tx.member.findMany({ where: { id: { in: ids } }, orderBy: { name: 'asc' } });
      const byMember = new Map(memberships.map((membership) => [membership.memberId, membership]));
      return members.map((member) => ({ member, membership: byMember.get(member.id)! }));
    });
  }

  platformAdmins(): Promise<{ email: string }[]> {
    return this.database.app.member.findMany({ where: { platformAdmin: true }, select: { email: true } });
  }

  byEmail(tx: LedgerTx, email: string): Promise<Member | null> {
    return tx.member.findUnique({ where: { email } });
  }

  async find(tx: LedgerTx, tenantId: string, memberId: string): Promise<MemberOf | null> {
    const membership = await tx.membership.findUnique({
      where: { tenantId_memberId: { tenantId, memberId } },
    });
    if (membership === null) return null;
    return { membership, member: await tx.member.findUniqueOrThrow({ where: { id: memberId } }) };
  }

  /** Where the member belongs, other tenants included. */
  async tenantsOf(tx: LedgerTx, tenantId: string, memberId: string): Promise<string[]> {
    await nameTenants(tx, tenantId, memberId);
    const rows = await tx.membership.findMany({ where: { memberId }, select: { tenantId: true } });
    return rows.map((row) => row.tenantId);
  }

  create(tx: LedgerTx, member: Prisma.MemberUncheckedCreateInput): Promise<Member> {
    return tx.member.create({ data: member });
  }

  join(
    tx: LedgerTx,
    tenantId: string,
    memberId: string,
    roles: readonly AdminRole[],
    createdAt: Date,
  ): Promise<Membership> {
    return tx.membership.create({ data: { tenantId, memberId, roles: [...roles], createdAt } });
  }

  setRoles(
    tx: LedgerTx,
    tenantId: string,
    memberId: string,
    roles: readonly AdminRole[],
  ): Promise<Membership> {
    return tx.membership.update({
      where: { tenantId_memberId: { tenantId, memberId } },
      data: { roles: [...roles], version: { increment: 1 } },
    });
  }

  async leave(tx: LedgerTx, tenantId: string, memberId: string): Promise<void> {
    await tx.membership.delete({ where: { tenantId_memberId: { tenantId, memberId } } });
  }

  async signOutEverywhere(tx: LedgerTx, memberId: string): Promise<void> {
    await tx.session.deleteMany({ where: { memberId } });
  }

  async otherOwners(tx: LedgerTx, tenantId: string, memberId: string): Promise<number> {
    return tx.membership.count({ where: { tenantId, memberId: { not: memberId }, roles: { has: 'owner' } } });
  }

  async addLink(tx: LedgerTx, link: OneTimeLink): Promise<void> {
    await tx.oneTimeLink.create({ data: link });
  }
}
