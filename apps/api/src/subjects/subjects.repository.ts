import { Injectable } from '@nestjs/common';
import type { Prisma, Subject, SubjectKey } from '@reeve/db';
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

  /** Of one type, behind that id. */
  async idsAfter(tenantId: string, type: string, after: string, most: number): Promise<string[]> {
    const rows = await this.database.read(tenantId, (tx) =>
      tx.subject.findMany({
        where: { tenantId, type, id: { gt: after } },
        select: { id: true },
        orderBy: { id: 'asc' },
        take: most,
      }),
    );
    return rows.map(({ id }) => id);
  }

  /** The keys of subjects that have any, with what is said of them under those. */
  keys(tenantId: string, ids: readonly string[]): Promise<SubjectKey[]> {
    return this.database.read(tenantId, (tx) => this.keysIn(tx, tenantId, ids));
  }

  keysIn(tx: LedgerTx, tenantId: string, ids: readonly string[]): Promise<SubjectKey[]> {
    return tx.subjectKey.findMany({ where: { tenantId, id: { in: [...ids] } } });
  }

  many(tenantId: string, ids: readonly string[]): Promise<Subject[]> {
    return this.database.read(tenantId, (tx) => this.manyIn(tx, tenantId, ids));
  }

  manyIn(tx: LedgerTx, tenantId: string, ids: readonly string[]): Promise<Subject[]> {
    return tx.subject.findMany({ where: { tenantId, id: { in: [...ids] } } });
  }

  /** null: nothing is said of them any more. */
  async say(tx: LedgerTx, { tenantId, type, id }: SubjectKeyOf, sealed: Buffer | null): Promise<void> {
    const attributes = sealed === null ? null : Uint8Array.from(sealed);
    await tx.subjectKey.updateMany({ where: { tenantId, type, id }, data: { attributes } });
  }

  /** The same of many, each with what is sealed under its key; their versions go up. */
  async sayAll(
    tx: LedgerTx,
    tenantId: string,
    rows: readonly { readonly type: string; readonly id: string; readonly sealed: Buffer | null }[],
    updatedAt: Date,
  ): Promise<void> {
    const types = rows.map(({ type }) => type);
    const ids = rows.map(({ id }) => id);
    const sealed = rows.map((row) => row.sealed?.toString('hex') ?? '');
    await tx.$executeRaw`
      UPDATE subject_key k SET attributes = decode(nullif(n.sealed, ''), 'hex')
      FROM unnest(${types}::text[], ${ids}::text[], ${sealed}::text[]) AS n(type, id, sealed)
      WHERE k.tenant_id = ${tenantId}::uuid AND k.type = n.type AND k.id = n.id`;
    await tx.$executeRaw`
      UPDATE subject s SET version = s.version + 1, updated_at = ${updatedAt}
      FROM unnest(${types}::text[], ${ids}::text[]) AS n(type, id)
      WHERE s.tenant_id = ${tenantId}::uuid AND s.type = n.type AND s.id = n.id`;
  }

  async touch(tx: LedgerTx, key: SubjectKeyOf, updatedAt: Date): Promise<Subject> {
    return tx.subject.update({
      where: { tenantId_type_id: key },
      data: { updatedAt, version: { increment: 1 } },
    });
  }

  async insertKeys(tx: LedgerTx, rows: Prisma.SubjectKeyCreateManyInput[]): Promise<void> {
    await tx.subjectKey.createMany({ data: rows });
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
