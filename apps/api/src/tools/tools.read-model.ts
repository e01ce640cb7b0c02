import { Injectable } from '@nestjs/common';
import { Prisma } from '@reeve/db';
import { Database } from '../infra/database.js';

export interface ToolStatsRow {
  readonly tool: string;
  readonly calls: number;
  readonly allowed: number;
  readonly denied: number;
  readonly asked: number;
  readonly lastCalledAt: Date | null;
}

@Injectable()
export class ToolsReadModel {
  constructor(private readonly database: Database) {}

  /** Most called first, then by name. One row more than `first`, to see whether there are more. */
  stats(
    tenantId: string,
    from: Date,
    { names, known }: { names: readonly string[]; known: boolean | null },
    first: number,
    after: readonly [calls: number, tool: string] | undefined,
  ): Promise<ToolStatsRow[]> {
    const among =
      known === null
        ? Prisma.empty
        : known
          ? Prisma.sql`AND target = ANY (${[...names]}::text[])`
          : Prisma.sql`AND NOT (target = ANY (${[...names]}::text[]))`;
    const beyond =
      after === undefined
        ? Prisma.empty
        : Prisma.sql`HAVING count(*) < ${after[0]} OR (count(*) = ${after[0]} AND target > ${after[1]})`;
    return this.database.read(
      tenantId,
      (tx) => tx.$queryRaw<ToolStatsRow[]>`
        SELECT target AS tool, count(*)::int AS calls,
               count(*) FILTER (WHERE effect = 'allow')::int AS allowed,
               count(*) FILTER (WHERE effect = 'deny')::int AS denied,
               count(*) FILTER (WHERE effect IN ('approve', 'confirm'))::int AS asked,
               max(at) AS "lastCalledAt"
        FROM audit_record
        WHERE tenant_id = ${tenantId}::uuid AND at >= ${from} AND kind = 'evaluation' ${among}
        GROUP BY target ${beyond} ORDER BY 2 DESC, 1 LIMIT ${first + 1}`,
    );
  }
}
