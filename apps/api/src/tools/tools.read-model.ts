import { Injectable } from '@nestjs/common';
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

  stats(tenantId: string, from: Date): Promise<ToolStatsRow[]> {
    return this.database.read(
      tenantId,
      (tx) => tx.$queryRaw<ToolStatsRow[]>`
        SELECT target AS tool, count(*)::int AS calls,
               count(*) FILTER (WHERE effect = 'allow')::int AS allowed,
               count(*) FILTER (WHERE effect = 'deny')::int AS denied,
               count(*) FILTER (WHERE effect IN ('approve', 'confirm'))::int AS asked,
               max(at) AS "lastCalledAt"
        FROM audit_record
        WHERE tenant_id = ${tenantId}::uuid AND at >= ${from} AND kind = 'evaluation'
        GROUP BY target ORDER BY 2 DESC, 1`,
    );
  }
}
