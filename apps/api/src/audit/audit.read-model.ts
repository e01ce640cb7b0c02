/** Sealed records as they are stored; the columns behind the payload only help to find them. */
import { Injectable } from '@nestjs/common';
import { Prisma, type LedgerHead } from '@reeve/db';
import { UNKNOWN_NAME } from '@reeve/policy';
import { Database, type Tx } from '../infra/database.js';
import { likeText } from '../infra/like.js';
import type { AuditFilter } from './audit-record.model.js';

/** What records are looked for by. */
export type RecordFilter = { readonly [name in keyof AuditFilter]: AuditFilter[name] };

export interface AuditRow {
  readonly seq: string;
  readonly id: string;
  readonly kind: string;
  readonly at: Date;
  readonly actorId: string;
  readonly action: string;
  readonly target: string;
  readonly effect: string | null;
  readonly reason: string | null;
  readonly assistant: string | null;
  readonly runId: string | null;
  readonly hash: string;
  readonly hmac: string;
  readonly keyId: string;
  readonly payload: string;
}

/** Positions, both ends included; empty when `to` is `from - 1`. */
export interface Range {
  readonly from: bigint;
  readonly to: bigint;
}

const SELECT = Prisma.sql`
  SELECT seq::text AS seq, id, kind, at, actor_id AS "actorId", action, effect, reason, assistant, hash, hmac,
         key_id AS "keyId", payload,
         coalesce((SELECT v.target FROM evidence v WHERE v.tenant_id = r.tenant_id AND v.seq = r.seq), target) AS target,
         (SELECT v.run_id FROM evidence v WHERE v.tenant_id = r.tenant_id AND v.seq = r.seq) AS "runId"
  FROM audit_record r`;

@Injectable()
export class AuditReadModel {
  constructor(private readonly database: Database) {}

  /** Newest first. One row more than `first`, to see whether there are more. */
  page(tenantId: string, filter: RecordFilter, first: number, before: bigint | undefined) {
    const where = matching(tenantId, filter);
    const older = before === undefined ? Prisma.empty : Prisma.sql`AND r.seq < ${before}`;
    return this.database.read(tenantId, async (tx) => ({
      rows: await tx.$queryRaw<
        AuditRow[]
      >`${SELECT} WHERE ${where} ${older} ORDER BY r.seq DESC LIMIT ${first + 1}`,
      totalCount: await count(tx, where),
    }));
  }

  async find(tenantId: string, seq: bigint): Promise<AuditRow | null> {
    const [row] = await this.database.read(
      tenantId,
      (tx) => tx.$queryRaw<AuditRow[]>`${SELECT} WHERE tenant_id = ${tenantId}::uuid AND r.seq = ${seq}`,
    );
    return row ?? null;
  }

  head(tenantId: string): Promise<LedgerHead> {
    return this.database.read(tenantId, (tx) => tx.ledgerHead.findUniqueOrThrow({ where: { tenantId } }));
  }

  async hashOf(tenantId: string, seq: bigint): Promise<string | null> {
    return (await this.find(tenantId, seq))?.hash ?? null;
  }

  count(tenantId: string, filter: RecordFilter): Promise<number> {
    return this.database.read(tenantId, (tx) => count(tx, matching(tenantId, filter)));
  }

  /**
   * Where a time begins and ends in the order: from its first record to its last. Times go back along it only where an
   * administrator acknowledged a clock that had jumped, and then what lies between is given too.
   */
  async rangeOf(
    tenantId: string,
    { from, to }: { from: Date | undefined; to: Date | undefined },
    head: bigint,
  ): Promise<Range> {
    const first = from === undefined ? 1n : ((await this.firstAt(tenantId, from)) ?? head + 1n);
    const end = to === undefined ? head : ((await this.lastBefore(tenantId, to)) ?? 0n);
    return { from: first, to: end < first ? first - 1n : end };
  }

  /** Ascending, a page at a time: whatever the range, memory holds one page. */
  async *stream(
    tenantId: string,
    range: Range,
    filter: RecordFilter,
    pageSize = 500,
  ): AsyncGenerator<AuditRow> {
    const where = matching(tenantId, filter);
    for (let next = range.from; next <= range.to;) {
      const rows = await this.database.read(
        tenantId,
        (tx) => tx.$queryRaw<AuditRow[]>`
          ${SELECT} WHERE ${where} AND r.seq BETWEEN ${next} AND ${range.to} ORDER BY r.seq LIMIT ${pageSize}`,
      );
      yield* rows;
      if (rows.length < pageSize) return;
      next = BigInt(rows.at(-1)!.seq) + 1n;
    }
  }

  private async firstAt(tenantId: string, at: Date): Promise<bigint | null> {
    const [row] = await this.database.read(
      tenantId,
      (tx) => tx.$queryRaw<{ seq: bigint | null }[]>`
        SELECT min(seq) AS seq FROM audit_record WHERE tenant_id = ${tenantId}::uuid AND at >= ${at}`,
    );
    return row?.seq ?? null;
  }

  private async lastBefore(tenantId: string, at: Date): Promise<bigint | null> {
    const [row] = await this.database.read(
      tenantId,
      (tx) => tx.$queryRaw<{ seq: bigint | null }[]>`
        SELECT max(seq) AS seq FROM audit_record WHERE tenant_id = ${tenantId}::uuid AND at < ${at}`,
    );
    return row?.seq ?? null;
  }
}

async function count(tx: Tx, where: Prisma.Sql): Promise<number> {
  const [row] = await tx.$queryRaw<
    { count: number }[]
  >`SELECT count(*)::int AS count FROM audit_record r WHERE ${where}`;
  return row!.count;
}

function matching(tenantId: string, filter: RecordFilter): Prisma.Sql {
  const { kind, actorId, action, target, effect, reason, text, from, to, fromSeq, toSeq } = filter;
  const like = text ? `%${likeText(text)}%` : undefined;
  const conditions = [
    Prisma.sql`tenant_id = ${tenantId}::uuid`,
    ...anyOf(Prisma.sql`kind`, kind),
    ...anyOf(Prisma.sql`action`, action),
    ...(target?.length ? [called(Prisma.sql`= ANY (${[...target]}::text[])`)] : []),
    ...anyOf(Prisma.sql`effect`, effect),
    ...anyOf(Prisma.sql`reason`, reason),
    ...(actorId ? [Prisma.sql`actor_id = ${actorId}`] : []),
    ...(like === undefined
      ? []
      : [Prisma.sql`(action ILIKE ${like} OR reason ILIKE ${like} OR ${called(Prisma.sql`ILIKE ${like}`)})`]),
    ...(from ? [Prisma.sql`at >= ${from}`] : []),
    ...(to ? [Prisma.sql`at < ${to}`] : []),
    ...(fromSeq ? [Prisma.sql`seq >= ${BigInt(fromSeq)}`] : []),
    ...(toSeq ? [Prisma.sql`seq <= ${BigInt(toSeq)}`] : []),
  ];
  return Prisma.join(conditions, ' AND ');
}

/** The target, or where the record may not name it what stands beside the record. */
const called = (
  is: Prisma.Sql,
): Prisma.Sql => Prisma.sql`(r.target ${is} OR r.target = ${UNKNOWN_NAME} AND EXISTS (
  SELECT FROM evidence v WHERE v.tenant_id = r.tenant_id AND v.seq = r.seq AND v.target ${is}))`;

/** An empty list asks for nothing in particular. */
const anyOf = (column: Prisma.Sql, values: readonly string[] | null | undefined): Prisma.Sql[] =>
  values == null || values.length === 0 ? [] : [Prisma.sql`${column} = ANY (${[...values]}::text[])`];
