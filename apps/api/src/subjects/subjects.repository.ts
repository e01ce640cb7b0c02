import { Injectable } from '@nestjs/common';
import type { Prisma, Subject } from '@reeve/db';
import { compositeKey } from '@reeve/policy';
import { Database } from '../infra/database.js';
import { likeText } from '../infra/like.js';
import type { LedgerTx } from '../ledger/changes.js';

export interface SubjectKeyOf {
  readonly tenantId: string;
  readonly type: string;
  readonly id: string;
}

@Injectable()
export class SubjectsRepository {
  constructor(private readonly database: Database) {}

  /** By type and id, after that pair; one more than `first`, to see whether there are more. */
  page(
    tenantId: string,
    search: string | undefined,
    first: number,
    after: readonly [string, string] | undefined,
  ) {
    const where: Prisma.SubjectWhereInput = {
      tenantId,
      ...(search === undefined ? {} : { id: { contains: likeText(search), mode: 'insensitive' } }),
    };
    const [type, id] = after ?? [];
    const beyond: Prisma.SubjectWhereInput =
      type === undefined || id === undefined
        ? {}
        : { OR: [{ type: { gt: type } }, { type, id: { gt: id } }] };
    return this.database.read(tenantId, async (tx) => ({
      rows: await tx.subject.findMany({
        where: { AND: [where, beyond] },
        orderBy: [{ type: 'asc' }, { id: 'asc' }],
        take: first + 1,
      }),
      totalCount: await tx.subject.count({ where }),
    }));
  }

  find(tx: LedgerTx, key: SubjectKeyOf): Promise<Subject | null> {
    return tx.subject.findUnique({ where: { tenantId_type_id: key } });
  }

  async present(tx: LedgerTx, tenantId: string): Promise<Set<string>> {
    const rows = await tx.subject.findMany({ where: { tenantId }, select: { type: true, id: true } });
    return new Set(rows.map(({ type, id }) => compositeKey(type, id)));
  }

  put(
    tx: LedgerTx,
    key: SubjectKeyOf,
    roles: string[],
    grants: Prisma.InputJsonObject,
    updatedAt: Date,
  ): Promise<Subject> {
    return tx.subject.upsert({
      where: { tenantId_type_id: key },
      create: { ...key, roles, grants, updatedAt },
      update: { roles, grants, updatedAt, version: { increment: 1 } },
    });
  }

  async insert(tx: LedgerTx, rows: Prisma.SubjectCreateManyInput[]): Promise<void> {
    await tx.subject.createMany({ data: rows });
  }

  async remove(tx: LedgerTx, key: SubjectKeyOf): Promise<void> {
    await tx.subject.delete({ where: { tenantId_type_id: key } });
  }
}
