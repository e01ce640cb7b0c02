import { Injectable } from '@nestjs/common';
import type { KillSwitch, Prisma } from '@reeve/db';
import { Database } from '../infra/database.js';
import type { LedgerTx } from '../ledger/changes.js';

@Injectable()
export class KillSwitchesRepository {
  constructor(private readonly database: Database) {}

  list(tenantIds: readonly string[], inForce: boolean, first: number): Promise<KillSwitch[]> {
    return this.database.read(tenantIds, (tx) =>
      tx.killSwitch.findMany({
        where: { tenantId: { in: [...tenantIds] }, ...(inForce ? { liftedAt: null } : {}) },
        orderBy: { engagedAt: 'desc' },
        take: first,
      }),
    );
  }

  /** The tenant whose switch it is: one of these. */
  async ownerOf(tenantIds: readonly string[], id: string): Promise<KillSwitch | null> {
    return this.database.read(tenantIds, (tx) =>
      tx.killSwitch.findFirst({ where: { tenantId: { in: [...tenantIds] }, id } }),
    );
  }

  inForce(tx: LedgerTx, tenantId: string, scope: string, target: string): Promise<KillSwitch | null> {
    return tx.killSwitch.findFirst({ where: { tenantId, scope, target, liftedAt: null } });
  }

  find(tx: LedgerTx, tenantId: string, id: string): Promise<KillSwitch | null> {
    return tx.killSwitch.findUnique({ where: { tenantId_id: { tenantId, id } } });
  }

  create(tx: LedgerTx, data: Prisma.KillSwitchUncheckedCreateInput): Promise<KillSwitch> {
    return tx.killSwitch.create({ data });
  }

  update(
    tx: LedgerTx,
    { tenantId, id }: KillSwitch,
    data: Prisma.KillSwitchUncheckedUpdateInput,
  ): Promise<KillSwitch> {
    return tx.killSwitch.update({
      where: { tenantId_id: { tenantId, id } },
      data: { ...data, version: { increment: 1 } },
    });
  }
}
