/** The overview's numbers, counted from the ledger: nothing is kept twice, so nothing can disagree. */
import { Injectable } from '@nestjs/common';
import { Prisma } from '@reeve/db';
import type { Effect } from '@reeve/policy';
import { Database, type Tx } from '../infra/database.js';

export interface Span {
  readonly from: Date;
  readonly to: Date;
}

export interface OverviewNumbers {
  readonly counts: readonly { current: boolean; effect: Effect; count: number }[];
  readonly series: readonly { at: Date; effect: Effect; count: number }[];
  readonly denials: readonly { tenantId: string; tool: string; count: number; evaluations: number }[];
  readonly reasons: readonly { reason: string; count: number }[];
  readonly changes: readonly ChangeRow[];
  readonly outcomes: OutcomeNumbers;
}
export interface ChangeRow {
  readonly tenantId: string;
  readonly seq: string;
  readonly at: Date;
  readonly actorId: string;
  readonly action: string;
  readonly target: string;
  readonly reason: string | null;
}
interface OutcomeNumbers {
  readonly reported: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly notExecuted: number;
  readonly drifted: number;
  readonly missing: number;
  readonly ungoverned: number;
}

const CHANGES = 30;
const CELLS = 500;

@Injectable()
export class OverviewReadModel {
  constructor(private readonly database: Database) {}

  async activity(tenantIds: readonly string[]): Promise<{ first: Date | null; last: Date | null }> {
    const [row] = await this.database.read(
      tenantIds,
      (tx) => tx.$queryRaw<{ first: Date | null; last: Date | null }[]>`
        SELECT min(at) AS first, max(at) AS last FROM audit_record
        WHERE tenant_id = ANY (${[...tenantIds]}::uuid[]) AND kind = 'evaluation' AND at >= now() - interval '30 days'`,
    );
    return row ?? { first: null, last: null };
  }

  /**
   * `changesOf`: whose changes are told beside, e.g. the platform's, but for those to tenants that nobody asked about.
   * One snapshot: the numbers belong together.
   */
  read(
    tenants: readonly { readonly id: string; readonly slug: string }[],
    changesOf: readonly string[],
    span: Span,
    bucketSeconds: number,
  ): Promise<OverviewNumbers> {
    const tenantIds = tenants.map(({ id }) => id);
    const named = tenants.map(({ slug }) => `tenant:${slug}`);
    const evaluations = within(tenantIds, span, 'evaluation');
    return this.database.read([...tenantIds, ...changesOf], async (tx) => ({
      counts: await counts(tx, tenantIds, span),
      series: await tx.$queryRaw<OverviewNumbers['series']>`
        SELECT to_timestamp(floor(extract(epoch FROM at) / ${bucketSeconds}::int) * ${bucketSeconds}::int) AS at,
               effect, count(*)::int AS count
        FROM audit_record WHERE ${evaluations} GROUP BY 1, 2`,
      denials: await tx.$queryRaw<OverviewNumbers['denials']>`
        SELECT tenant_id AS "tenantId", target AS tool, count(*) FILTER (WHERE effect = 'deny')::int AS count,
               count(*)::int AS evaluations
        FROM audit_record WHERE ${evaluations} GROUP BY 1, 2 ORDER BY 3 DESC, 4 DESC, 2 LIMIT ${CELLS}`,
      reasons: await tx.$queryRaw<OverviewNumbers['reasons']>`
        SELECT reason, count(*)::int AS count
        FROM audit_record WHERE ${evaluations} AND effect <> 'allow' GROUP BY 1 ORDER BY 2 DESC, 1`,
      changes: await tx.$queryRaw<ChangeRow[]>`
        SELECT tenant_id AS "tenantId", seq::text AS seq, at, actor_id AS "actorId", action, target, reason
        FROM audit_record WHERE ${within([...tenantIds, ...changesOf], span, 'change')}
          AND (target NOT LIKE 'tenant:%' OR target = ANY (${named}::text[]))
        ORDER BY at DESC, audit_record.seq DESC LIMIT ${CHANGES}`,
      outcomes: await outcomes(tx, tenantIds, span),
    }));
  }
}

/** The span and the equally long one before it. */
function counts(
  tx: Tx,
  tenantIds: readonly string[],
  { from, to }: Span,
): Promise<OverviewNumbers['counts']> {
  const before = new Date(2 * from.getTime() - to.getTime());
  return tx.$queryRaw`
    SELECT at >= ${from} AS current, effect, count(*)::int AS count
    FROM audit_record WHERE ${within(tenantIds, { from: before, to }, 'evaluation')} GROUP BY 1, 2`;
}

/** Calls that ran although nothing allowed them are counted apart, whatever came of it. */
const GOVERNED = Prisma.sql`reason IS DISTINCT FROM 'ungoverned_call'`;

async function outcomes(tx: Tx, tenantIds: readonly string[], span: Span): Promise<OutcomeNumbers> {
  const [row] = await tx.$queryRaw<OutcomeNumbers[]>`
    SELECT count(*) FILTER (WHERE action <> 'refused' AND ${GOVERNED})::int AS reported,
           count(*) FILTER (WHERE action = 'succeeded' AND ${GOVERNED})::int AS succeeded,
           count(*) FILTER (WHERE action = 'failed' AND ${GOVERNED})::int AS failed,
           count(*) FILTER (WHERE action = 'not_executed')::int AS "notExecuted",
           count(*) FILTER (WHERE reason = 'argument_drift')::int AS drifted,
           count(*) FILTER (WHERE reason = 'ungoverned_call')::int AS ungoverned,
           (SELECT count(*)::int FROM audit_record e
             WHERE e.tenant_id = ANY (${[...tenantIds]}::uuid[]) AND e.at >= ${span.from} AND e.at < ${span.to}
               AND e.kind = 'evaluation' AND e.effect = 'allow'
               AND NOT EXISTS (SELECT FROM audit_record o WHERE o.tenant_id = e.tenant_id AND o.evaluation_id = e.id)) AS missing
    FROM audit_record WHERE ${within(tenantIds, span, 'outcome')}`;
  return row!;
}

const within = (
  tenantIds: readonly string[],
  { from, to }: Span,
  kind: 'evaluation' | 'outcome' | 'change',
): Prisma.Sql =>
  Prisma.sql`tenant_id = ANY (${[...tenantIds]}::uuid[]) AND at >= ${from} AND at < ${to} AND kind = ${kind}`;
