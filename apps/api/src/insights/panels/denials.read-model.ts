import { Injectable } from '@nestjs/common';
import { Counting, within } from './counting.read-model.js';
import { idsOf, type PanelScope } from './panel.js';

const CELLS = 500;

export interface DenialRow {
  readonly tenantId: string;
  readonly tool: string;
  readonly count: number;
  readonly evaluations: number;
}

@Injectable()
export class DenialsReadModel {
  constructor(private readonly counting: Counting) {}

  /** Most denied first. */
  read(of: PanelScope): Promise<DenialRow[]> {
    const tenantIds = idsOf(of);
    return this.counting.read(
      of.actor,
      tenantIds,
      (tx) => tx.$queryRaw`
        SELECT tenant_id AS "tenantId", target AS tool, count(*) FILTER (WHERE effect = 'deny')::int AS count,
               count(*)::int AS evaluations
        FROM audit_record WHERE ${within(tenantIds, of, 'evaluation')}
        GROUP BY 1, 2 ORDER BY 3 DESC, 4 DESC, 2 LIMIT ${CELLS}`,
    );
  }
}
