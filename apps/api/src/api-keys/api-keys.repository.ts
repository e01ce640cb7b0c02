import { Injectable } from '@nestjs/common';
import type { ApiKey, Prisma } from '@reeve/db';
import { Database } from '../infra/database.js';
import type { LedgerTx } from '../ledger/changes.js';

@Injectable()
export class ApiKeysRepository {
  constructor(private readonly database: Database) {}

  list(tenantId: string): Promise<ApiKey[]> {
    return this.database.read(tenantId, (tx) =>
      tx.apiKey.findMany({
        where: { tenantId },
        orderBy: [{ revokedAt: { sort: 'desc', nulls: 'first' } }, { createdAt: 'desc' }],
      }),
    );
  }

  byHash(tenantId: string, secretHash: string): Promise<ApiKey | null> {
    return this.database.read(tenantId, (tx) =>
      tx.apiKey.findUnique({ where: { tenantId_secretHash: { tenantId, secretHash } } }),
    );
  }

  byId(tenantId: string, id: string): Promise<ApiKey | null> {
    return this.database.read(tenantId, (tx) =>
      tx.apiKey.findUnique({ where: { tenantId_id: { tenantId, id } } }),
    );
  }

  async markUsed(tenantId: string, id: string, lastUsedAt: Date): Promise<void> {
    await this.database.note(tenantId, (tx) =>
      tx.apiKey.updateMany({ where: { tenantId, id }, data: { lastUsedAt } }),
    );
  }

  find(tx: LedgerTx, tenantId: string, id: string): Promise<ApiKey | null> {
    return tx.apiKey.findUnique({ where: { tenantId_id: { tenantId, id } } });
  }

  create(tx: LedgerTx, data: Prisma.ApiKeyUncheckedCreateInput): Promise<ApiKey> {
    return tx.apiKey.create({ data });
  }

  revoke(tx: LedgerTx, tenantId: string, id: string, revokedAt: Date): Promise<ApiKey> {
    return tx.apiKey.update({
      where: { tenantId_id: { tenantId, id } },
      data: { revokedAt, version: { increment: 1 } },
    });
  }
}
