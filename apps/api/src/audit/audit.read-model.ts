/** Sealed records as they are stored; the columns behind the payload only help to find them. */
import { Injectable } from '@nestjs/common';
import { Prisma, type LedgerHead } from '@reeve/db';
import { UNKNOWN_NAME } from '@reeve/policy';
import type { TenantScope } from '../auth/tenant-scope.js';
import { Database, type Tx } from '../infra/database.js';
import { likeText } from '../infra/like.js';
import { SYSTEM } from '../ledger/actor.js';
import type { AuditFilter } from './audit-record.model.js';

/** The members that records are looked for by. */
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
  readonly subjectRef: string | null;
  /** null once the subject was erased. */
  readonly subjectType: string | null;
  readonly subjectId: string | null;
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
  SELECT r.seq::text AS seq, r.id, kind, at, actor_id AS "actorId", action, effect, reason, assistant, hash, hmac,
         key_id AS "keyId", payload, r.subject_ref AS "subjectRef", k.type AS "subjectType", k.id AS "subjectId",
         coalesce((SELECT v.target FROM evidence v WHERE v.tenant_id = r.tenant_id AND v.seq = r.seq), target) AS target,
         (SELECT v.run_id FROM evidence v WHERE v.tenant_id = r.tenant_id AND v.seq = r.seq) AS "runId"
  FROM audit_record r
  LEFT JOIN subject_key k ON k.ref = r.subject_ref AND k.tenant_id = r.tenant_id`;

/** To whom a subject may be named: identity is personal data. */
export const mayName = ({ ability }: Pick<TenantScope, 'ability'>): boolean =>
  ability.can('read', 'Evidence');
type Reader = Pick<TenantScope, 'id' | 'ability'>;
const ACTORS_MAX = 500;

@Injectable()
export class AuditReadModel {
  constructor(private readonly database: Database) {}

  /** Newest first. One row more than `first`, to see whether there are more. */
  page(tenant: Reader, filter: RecordFilter, first: number, before: bigint | undefined) {
    const where = matching(tenant, filter);
    const older = before === undefined ? Prisma.empty : Prisma.sql`AND r.seq < ${before}`;
    return this.database.read(tenant.id, async (tx) => ({
      rows: await tx.$queryRaw<
        AuditRow[]
      >`${SELECT} WHERE ${where} ${older} ORDER BY r.seq DESC LIMIT ${first + 1}`,
      totalCount: await count(tx, where),
    }));
  }

  async find(tenantId: string, seq: bigint): Promise<AuditRow | null> {
    const [row] = await this.database.read(
      tenantId,
      (tx) => tx.$queryRaw<AuditRow[]>`${SELECT} WHERE r.tenant_id = ${tenantId}::uuid AND r.seq = ${seq}`,
    );
    return row ?? null;
  }

  head(tenantId: string): Promise<LedgerHead> {
    return this.database.read(tenantId, (tx) => tx.ledgerHead.findUniqueOrThrow({ where: { tenantId } }));
  }

  async hashOf(tenantId: string, seq: bigint): Promise<string | null> {
    return (await this.find(tenantId, seq))?.hash ?? null;
  }

  count(tenant: Reader, filter: RecordFilter): Promise<number> {
    return this.database.read(tenant.id, (tx) => count(tx, matching(tenant, filter)));
  }

  actors(tenantId: string): Promise<{ id: string; name: string }[]> {
    return this.database.read(
      tenantId,
      (tx) => tx.$queryRaw<{ id: string; name: string }[]>`
        SELECT id::text AS id, name FROM (${namedActors(tenantId)}) actor ORDER BY lower(name), id LIMIT ${ACTORS_MAX}`,
    );
  }

  /**
   * The range that a time has in the order: from its first record to its last. Times go back along it only where an
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
    tenant: Reader,
    range: Range,
    filter: RecordFilter,
    pageSize = 500,
  ): AsyncGenerator<AuditRow> {
    const where = matching(tenant, filter);
    for (let next = range.from; next <= range.to;) {
      const rows = await this.database.read(
        tenant.id,
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

function matching(tenant: Reader, filter: RecordFilter): Prisma.Sql {
  const { kind, actorId, subject, action, target, effect, reason, text, from, to, fromSeq, toSeq } = filter;
  const conditions = [
    Prisma.sql`r.tenant_id = ${tenant.id}::uuid`,
    ...anyOf(Prisma.sql`kind`, kind),
    ...anyOf(Prisma.sql`action`, action),
    ...(target?.length ? [called(Prisma.sql`= ANY (${[...target]}::text[])`)] : []),
    ...anyOf(Prisma.sql`effect`, effect),
    ...anyOf(Prisma.sql`reason`, reason),
    ...(actorId ? [Prisma.sql`actor_id = ${actorId}`] : []),
    ...(subject ? [concerning(tenant, subject)] : []),
    ...(text ? [containing(tenant, text)] : []),
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

/** By pseudonym; by id too for whoever may know it. */
const concerning = (tenant: Reader, subject: string): Prisma.Sql =>
  mayName(tenant)
    ? Prisma.sql`(r.subject_ref::text = ${subject} OR r.subject_ref IN
        (SELECT ref FROM subject_key WHERE tenant_id = ${tenant.id}::uuid AND id = ${subject}))`
    : Prisma.sql`r.subject_ref::text = ${subject}`;

/** In what the record says, or in the names of who made it and, where they may be known, whom it concerns. */
function containing(tenant: Reader, text: string): Prisma.Sql {
  const like = `%${likeText(text)}%`;
  const subject = mayName(tenant)
    ? Prisma.sql`OR r.subject_ref IN
        (SELECT ref FROM subject_key WHERE tenant_id = ${tenant.id}::uuid AND id ILIKE ${like})`
    : Prisma.empty;
  return Prisma.sql`(action ILIKE ${like} OR reason ILIKE ${like} OR ${called(Prisma.sql`ILIKE ${like}`)}
    OR actor_id IN (SELECT id::text FROM (${namedActors(tenant.id)}) actor WHERE name ILIKE ${like})
    OR target IN (SELECT kind || ':' || id FROM (${namedActors(tenant.id)}) named WHERE name ILIKE ${like})
    OR (actor_id = ${SYSTEM.id} AND ${SYSTEM.name} ILIKE ${like}) ${subject})`;
}

/** The tenant's members and keys. */
const namedActors = (tenantId: string): Prisma.Sql => Prisma.sql`
  SELECT 'member' AS kind, id, name FROM membership WHERE tenant_id = ${tenantId}::uuid
  UNION ALL SELECT 'api_key', id, name FROM api_key WHERE tenant_id = ${tenantId}::uuid`;

/** An empty list asks for nothing in particular. */
const anyOf = (column: Prisma.Sql, values: readonly string[] | null | undefined): Prisma.Sql[] =>
  values == null || values.length === 0 ? [] : [Prisma.sql`${column} = ANY (${[...values]}::text[])`];
