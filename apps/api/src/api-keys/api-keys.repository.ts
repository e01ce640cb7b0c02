import { Injectable } from '@nestjs/common';
import type { ApiKey, Membership, Prisma } from '@reeve/db';
import { PLATFORM_TENANT_ID } from '../infra/config.js';
import { Database } from '../infra/database.js';
import type { LedgerTx } from '../ledger/changes.js';

/** null: the system made it, or nobody who is left. */
export interface KeyWithMaker {
  readonly key: ApiKey;
  readonly maker: Membership | null;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

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

  /** With whoever made them, as they are now. */
  withMakers(tenantId: string, keys: readonly ApiKey[]): Promise<KeyWithMaker[]> {
    return this.database.read([tenantId, PLATFORM_TENANT_ID], async (tx) => {
      const ids = keys.map(({ createdBy }) => createdBy).filter((id) => UUID.test(id));
      // The platform's last, so that it counts for whoever is in both.
      const makers = await tx.membership.findMany({
        where: { id: { in: ids } },
        orderBy: { tenantId: 'desc' },
      });
      const byId = new Map(makers.map((maker) => [maker.id, maker]));
      return keys.map((key) => ({ key, maker: byId.get(key.createdBy) ?? null }));
    });
  }

  async byId(tenantId: string, id: string): Promise<KeyWithMaker | null> {
    const key = await this.database.read(tenantId, (tx) =>
      tx.apiKey.findUnique({ where: { tenantId_id: { tenantId, id } } }),
    );
    return key === null ? null : (await this.withMakers(tenantId, [key]))[0]!;
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
