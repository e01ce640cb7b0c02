import { Injectable } from '@nestjs/common';
import type { Prisma, Resource } from '@reeve/db';
import { Database } from '../infra/database.js';
import { likeText } from '../infra/like.js';
import type { LedgerTx } from '../ledger/changes.js';

export interface ResourceKey {
  readonly tenantId: string;
  readonly type: string;
  readonly id: string;
}

@Injectable()
export class ResourcesRepository {
  constructor(private readonly database: Database) {}

  /** By type and id, after that pair; one more than `first`, to see whether there are more. */
  page(
    tenantId: string,
    { type, search }: { readonly type: string | undefined; readonly search: string | undefined },
    first: number,
    after: readonly [string, string] | undefined,
  ) {
    const where: Prisma.ResourceWhereInput = {
      tenantId,
      ...(type === undefined ? {} : { type }),
      ...(search === undefined ? {} : { id: { contains: likeText(search), mode: 'insensitive' } }),
    };
    const [afterType, afterId] = after ?? [];
    const beyond: Prisma.ResourceWhereInput =
      afterType === undefined || afterId === undefined
        ? {}
        : { OR: [{ type: { gt: afterType } }, { type: afterType, id: { gt: afterId } }] };
    return this.database.read(tenantId, async (tx) => ({
      rows: await tx.resource.findMany({
        where: { AND: [where, beyond] },
        orderBy: [{ type: 'asc' }, { id: 'asc' }],
        take: first + 1,
      }),
      totalCount: await tx.resource.count({ where }),
    }));
  }

  /** Of one type, behind that id. */
  async idsAfter(tenantId: string, type: string, after: string, most: number): Promise<string[]> {
    const rows = await this.database.read(tenantId, (tx) =>
      tx.resource.findMany({
        where: { tenantId, type, id: { gt: after } },
        select: { id: true },
        orderBy: { id: 'asc' },
        take: most,
      }),
    );
    return rows.map(({ id }) => id);
  }

  find(tx: LedgerTx, key: ResourceKey): Promise<Resource | null> {
    return tx.resource.findUnique({ where: { tenantId_type_id: key } });
  }

  put(
    tx: LedgerTx,
    key: ResourceKey,
    properties: Prisma.InputJsonObject,
    updatedAt: Date,
  ): Promise<Resource> {
    return tx.resource.upsert({
      where: { tenantId_type_id: key },
      create: { ...key, properties, updatedAt },
      update: { properties, updatedAt, version: { increment: 1 } },
    });
  }

  async remove(tx: LedgerTx, key: ResourceKey): Promise<void> {
    await tx.resource.delete({ where: { tenantId_type_id: key } });
  }
}
