/** What sign-in needs of a member, and the credentials it may write: nothing here governs an agent. */
import { Injectable } from '@nestjs/common';
import type { Member, Prisma } from '@reeve/db';
import type { AdminRole } from '@reeve/policy';
import { Database } from '../infra/database.js';
import type { LedgerTx } from '../ledger/changes.js';

@Injectable()
export class CredentialsRepository {
  constructor(private readonly database: Database) {}

  byEmail(email: string): Promise<Member | null> {
    return this.database.app.member.findUnique({ where: { email: email.trim().toLowerCase() } });
  }

  byId(id: string): Promise<Member | null> {
    return this.database.app.member.findUnique({ where: { id } });
  }

  async anyMember(): Promise<boolean> {
    return (await this.database.app.member.findFirst({ select: { id: true } })) !== null;
  }

  /** null when somebody was faster. The caller holds the platform's ledger, so that two can't both be first. */
  async createFirstAdmin(tx: LedgerTx, member: Prisma.MemberUncheckedCreateInput): Promise<Member | null> {
    if ((await tx.member.findFirst({ select: { id: true } })) !== null) return null;
    return tx.member.create({ data: { ...member, platformAdmin: true } });
  }

  async roles(memberId: string): Promise<ReadonlyMap<string, readonly AdminRole[]>> {
    const rows = await this.database.read([], (tx) => tx.membership.findMany({ where: { memberId } }), {
      memberId,
    });
    return new Map(rows.map((row) => [row.tenantId, row.roles as AdminRole[]]));
  }

  async setPassword(memberId: string, passwordHash: string): Promise<void> {
    await this.database.app.member.update({
      where: { id: memberId },
      data: { passwordHash },
      select: { id: true },
    });
  }

  async setTotp(memberId: string, totpSecret: Uint8Array | null, totpEnabledAt: Date | null): Promise<void> {
    await this.database.app.member.update({
      where: { id: memberId },
      data: {
        totpSecret: totpSecret === null ? null : Uint8Array.from(totpSecret),
        totpEnabledAt,
        ...(totpSecret === null ? { totpLastStep: null } : {}),
      },
      select: { id: true },
    });
  }

  /** Spends a time step. False when another request spent it first, so that a code works once. */
  async spendTotpStep(memberId: string, step: bigint): Promise<boolean> {
    const { count } = await this.database.app.member.updateMany({
      where: { id: memberId, OR: [{ totpLastStep: null }, { totpLastStep: { lt: step } }] },
      data: { totpLastStep: step },
    });
    return count === 1;
  }
}
