import { Injectable } from '@nestjs/common';
import type { LangfuseConnection, LangfusePull, Prisma } from '@reeve/db';
import { Database } from '../infra/database.js';
import type { LedgerTx } from '../ledger/changes.js';

export interface ConnectionKey {
  readonly tenantId: string;
  readonly id: string;
}

@Injectable()
export class ConnectionsRepository {
  constructor(private readonly database: Database) {}

  list(tenantId: string): Promise<LangfuseConnection[]> {
    return this.database.read(tenantId, (tx) =>
      tx.langfuseConnection.findMany({ where: { tenantId }, orderBy: { createdAt: 'asc' } }),
    );
  }

  /** The newest first, of all of the tenant's connections. */
  backfills(tenantId: string, most: number): Promise<LangfusePull[]> {
    return this.database.read(tenantId, (tx) =>
      tx.langfusePull.findMany({
        where: { tenantId, kind: 'backfill' },
        orderBy: { createdAt: 'desc' },
        take: most,
      }),
    );
  }

  find(tx: LedgerTx, { tenantId, id }: ConnectionKey): Promise<LangfuseConnection | null> {
    return tx.langfuseConnection.findUnique({ where: { tenantId_id: { tenantId, id } } });
  }

  count(tx: LedgerTx, tenantId: string): Promise<number> {
    return tx.langfuseConnection.count({ where: { tenantId } });
  }

  create(tx: LedgerTx, data: Prisma.LangfuseConnectionCreateInput): Promise<LangfuseConnection> {
    return tx.langfuseConnection.create({ data });
  }

  update(
    tx: LedgerTx,
    { tenantId, id }: ConnectionKey,
    data: Prisma.LangfuseConnectionUpdateInput,
  ): Promise<LangfuseConnection> {
    return tx.langfuseConnection.update({
      where: { tenantId_id: { tenantId, id } },
      data: { ...data, version: { increment: 1 } },
    });
  }

  /** With all of its pulls; what they brought stays. */
  async remove(tx: LedgerTx, { tenantId, id }: ConnectionKey): Promise<void> {
    await tx.langfusePull.deleteMany({ where: { tenantId, connectionId: id } });
    await tx.langfuseConnection.delete({ where: { tenantId_id: { tenantId, id } } });
  }

  findBackfill(tx: LedgerTx, { tenantId, id }: ConnectionKey): Promise<LangfusePull | null> {
    return tx.langfusePull.findUnique({ where: { tenantId_id: { tenantId, id }, kind: 'backfill' } });
  }

  openBackfill(tx: LedgerTx, { tenantId, id }: ConnectionKey): Promise<LangfusePull | null> {
    return tx.langfusePull.findFirst({
      where: { tenantId, connectionId: id, kind: 'backfill', state: { in: ['running', 'paused'] } },
    });
  }

  createPull(tx: LedgerTx, data: Prisma.LangfusePullCreateInput): Promise<LangfusePull> {
    return tx.langfusePull.create({ data });
  }

  updatePull(
    tx: LedgerTx,
    { tenantId, id }: ConnectionKey,
    data: Prisma.LangfusePullUpdateInput,
  ): Promise<LangfusePull> {
    return tx.langfusePull.update({ where: { tenantId_id: { tenantId, id } }, data });
  }
}
