import { Injectable } from '@nestjs/common';
import type { ApiKey, Membership, Prisma } from '@reeve/db';
import { PLATFORM_TENANT_ID } from '../infra/config.js';
import { Database } from '../infra/database.js';
import { DomainError } from '../infra/errors.js';
import type { LedgerTx } from '../ledger/changes.js';
import type { KeyLimits } from './key-limits.js';

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

  private byHash(tenantId: string, secretHash: string): Promise<ApiKey | null> {
    return this.database.read(tenantId, (tx) =>
      tx.apiKey.findUnique({ where: { tenantId_secretHash: { tenantId, secretHash } } }),
    );
  }

  /** Throws `unauthenticated` where there is none, or it was revoked. */
  async live(tenantId: string, secretHash: string): Promise<ApiKey> {
    const key = await this.byHash(tenantId, secretHash);
    if (key === null || key.revokedAt !== null) throw unknownKey();
    return key;
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

  /** Answers with what it may ask now; null where it is gone. */
  async markUsed(tenantId: string, id: string, lastUsedAt: Date): Promise<KeyLimits | null> {
    const [limits] = await this.database.note(tenantId, (tx) =>
      tx.apiKey.updateManyAndReturn({
        where: { tenantId, id },
        data: { lastUsedAt },
        select: { requestsPerSecond: true, questionsPerSecond: true },
      }),
    );
    return limits ?? null;
  }

  find(tx: LedgerTx, tenantId: string, id: string): Promise<ApiKey | null> {
    return tx.apiKey.findUnique({ where: { tenantId_id: { tenantId, id } } });
  }

  create(tx: LedgerTx, data: Prisma.ApiKeyUncheckedCreateInput): Promise<ApiKey> {
    return tx.apiKey.create({ data });
  }

  limit(tx: LedgerTx, tenantId: string, id: string, limits: KeyLimits): Promise<ApiKey> {
    return tx.apiKey.update({
      where: { tenantId_id: { tenantId, id } },
      data: { ...limits, version: { increment: 1 } },
    });
  }

  revoke(tx: LedgerTx, tenantId: string, id: string, revokedAt: Date): Promise<ApiKey> {
    return tx.apiKey.update({
      where: { tenantId_id: { tenantId, id } },
      data: { revokedAt, version: { increment: 1 } },
    });
  }
}

export const unknownKey = (): DomainError =>
  new DomainError('unauthenticated', 'This API key is unknown, revoked or over.');
