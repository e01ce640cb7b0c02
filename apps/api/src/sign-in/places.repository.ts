/** Members: people's places in tenants and on the platform. Written at the writing door only. */
import { Injectable } from '@nestjs/common';
import type { Membership, Prisma } from '@reeve/db';
import type { LedgerTx } from '../ledger/changes.js';

@Injectable()
export class PlacesRepository {
  /** Not the removed ones, which are nobody any more. */
  find(tx: LedgerTx, tenantId: string, id: string): Promise<Membership | null> {
    return tx.membership.findFirst({ where: { tenantId, id, removedAt: null } });
  }

  byEmail(tx: LedgerTx, tenantId: string, email: string): Promise<Membership | null> {
    return tx.membership.findFirst({ where: { tenantId, email, removedAt: null } });
  }

  create(tx: LedgerTx, place: Prisma.MembershipUncheckedCreateInput): Promise<Membership> {
    return tx.membership.create({ data: place });
  }

  update(
    tx: LedgerTx,
    { tenantId, id }: Pick<Membership, 'tenantId' | 'id'>,
    data: Prisma.MembershipUncheckedUpdateInput,
  ): Promise<Membership> {
    return tx.membership.update({
      where: { tenantId_id: { tenantId, id } },
      data: { ...data, version: { increment: 1 } },
    });
  }

  /** Owners who could act for the tenant right now, this one aside. */
  otherOwners(tx: LedgerTx, { tenantId, id }: Membership): Promise<number> {
    return tx.membership.count({
      where: {
        tenantId,
        id: { not: id },
        roles: { has: 'owner' },
        accountId: { not: null },
        disabledAt: null,
      },
    });
  }
}
