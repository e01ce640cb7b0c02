/** Recorded evaluations, newest first, each with its outcome and their evidence while there is any. */
import { Injectable } from '@nestjs/common';
import { Prisma } from '@reeve/db';
import { UNKNOWN_NAME } from '@reeve/policy';
import { Database, type Tx } from '../infra/database.js';
import type { EvaluationFilter } from './evaluation.model.js';

export interface EvaluationRow {
  readonly id: string;
  readonly seq: string;
  readonly at: Date;
  readonly effect: string;
  readonly reason: string;
  readonly action: string;
  readonly tool: string;
  readonly assistant: string | null;
  readonly runId: string | null;
  readonly actorId: string;
  readonly subjectRef: string;
  readonly payload: string;
  /** null once the subject was erased. */
  readonly subjectId: string | null;
  readonly subjectType: string | null;
  readonly wrappedKey: Uint8Array | null;
  readonly ciphertext: Uint8Array | null;
  readonly outcomeId: string | null;
  readonly outcomeSeq: string | null;
  readonly outcomeAt: Date | null;
  readonly outcomePayload: string | null;
  readonly outcomeCiphertext: Uint8Array | null;
}

const SELECT = Prisma.sql`
  SELECT r.id, r.seq::text AS seq, r.at, r.effect, r.reason, r.action,
         coalesce(v.target, r.target) AS tool, r.assistant, v.run_id AS "runId", r.actor_id AS "actorId", r.subject_ref AS "subjectRef", r.payload,
         k.id AS "subjectId", k.wrapped_key AS "wrappedKey",
         k.type AS "subjectType", v.ciphertext, ov.ciphertext AS "outcomeCiphertext",
         o.id AS "outcomeId", o.seq::text AS "outcomeSeq", o.at AS "outcomeAt", o.payload AS "outcomePayload"
  FROM audit_record r
  LEFT JOIN subject_key k ON k.tenant_id = r.tenant_id AND k.ref = r.subject_ref
  LEFT JOIN audit_record o ON o.tenant_id = r.tenant_id AND o.evaluation_id = r.id
  LEFT JOIN evidence v ON v.tenant_id = r.tenant_id AND v.seq = r.seq
  LEFT JOIN evidence ov ON ov.tenant_id = o.tenant_id AND ov.seq = o.seq`;

@Injectable()
export class EvaluationsReadModel {
  constructor(private readonly database: Database) {}

  /** `before`: a ledger position, exclusive. One row more than `first`, to see whether there are more. */
  page(tenantId: string, filter: EvaluationFilter, first: number, before: bigint | undefined) {
    const where = matching(tenantId, filter);
    const older = before === undefined ? Prisma.empty : Prisma.sql`AND r.seq < ${before}`;
    return this.database.read(tenantId, async (tx) => ({
      rows: await tx.$queryRaw<EvaluationRow[]>`
        ${SELECT} WHERE ${where} ${older} ORDER BY r.seq DESC LIMIT ${first + 1}`,
      totalCount: await count(tx, where),
    }));
  }

  async find(tenantId: string, id: string): Promise<EvaluationRow | null> {
    const [row] = await this.database.read(
      tenantId,
      (tx) => tx.$queryRaw<EvaluationRow[]>`
        ${SELECT} WHERE r.tenant_id = ${tenantId}::uuid AND r.id = ${id}::uuid AND r.kind = 'evaluation'`,
    );
    return row ?? null;
  }
}

async function count(tx: Tx, where: Prisma.Sql): Promise<number> {
  const [row] = await tx.$queryRaw<
    { count: number }[]
  >`SELECT count(*)::int AS count FROM audit_record r WHERE ${where}`;
  return row!.count;
}

function matching(tenantId: string, filter: EvaluationFilter): Prisma.Sql {
  const { effect, reason, tool, assistant, runId, subject, reported, from, to } = filter;
  const conditions = [
    Prisma.sql`r.tenant_id = ${tenantId}::uuid`,
    Prisma.sql`r.kind = 'evaluation'`,
    ...anyOf(Prisma.sql`r.effect`, effect),
    ...anyOf(Prisma.sql`r.reason`, reason),
    ...calledAny(tool),
    ...anyOf(Prisma.sql`r.assistant`, assistant),
    ...(runId
      ? [
          Prisma.sql`r.seq IN (SELECT seq FROM evidence WHERE tenant_id = ${tenantId}::uuid AND run_id = ${runId})`,
        ]
      : []),
    ...(subject
      ? [
          Prisma.sql`r.subject_ref IN (SELECT ref FROM subject_key
            WHERE tenant_id = ${tenantId}::uuid AND type = ${subject.type} AND id = ${subject.id})`,
        ]
      : []),
    ...(reported == null ? [] : [reported ? HAS_OUTCOME : Prisma.sql`NOT ${HAS_OUTCOME}`]),
    ...(from ? [Prisma.sql`r.at >= ${from}`] : []),
    ...(to ? [Prisma.sql`r.at < ${to}`] : []),
  ];
  return Prisma.join(conditions, ' AND ');
}

const HAS_OUTCOME = Prisma.sql`EXISTS (SELECT FROM audit_record c WHERE c.tenant_id = r.tenant_id AND c.evaluation_id = r.id)`;

/** An empty list asks for nothing in particular. */
const anyOf = (column: Prisma.Sql, values: readonly string[] | null | undefined): Prisma.Sql[] =>
  values == null || values.length === 0 ? [] : [Prisma.sql`${column} = ANY (${[...values]}::text[])`];

/** A tool by its name; where the policy named no such tool, by what stands beside the record. */
function calledAny(tools: readonly string[] | null | undefined): Prisma.Sql[] {
  if (tools == null || tools.length === 0) return [];
  const names = Prisma.sql`ANY (${[...tools]}::text[])`;
  return [
    Prisma.sql`(r.target = ${names} OR r.target = ${UNKNOWN_NAME} AND EXISTS (
      SELECT FROM evidence e WHERE e.tenant_id = r.tenant_id AND e.seq = r.seq AND e.target = ${names}))`,
  ];
}
