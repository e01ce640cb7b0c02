/** The accounts that agents gave of what they were allowed, and of what they did without. */
import { Injectable } from '@nestjs/common';
import { Prisma } from '@reeve/db';
import type { OutcomeCounts } from '../overview.model.js';
import { Counting, within } from './counting.read-model.js';
import { idsOf, type PanelScope } from './panel.js';

/** Calls that ran although nothing allowed them are counted apart, whatever came of it. */
const GOVERNED = Prisma.sql`reason IS DISTINCT FROM 'ungoverned_call'`;

@Injectable()
export class OutcomesReadModel {
  constructor(private readonly counting: Counting) {}

  async read(of: PanelScope): Promise<OutcomeCounts> {
    const tenantIds = idsOf(of);
    const [row] = await this.counting.read(
      of.actor,
      tenantIds,
      (tx) => tx.$queryRaw<OutcomeCounts[]>`
        SELECT count(*) FILTER (WHERE action <> 'refused' AND ${GOVERNED})::int AS reported,
               count(*) FILTER (WHERE action = 'succeeded' AND ${GOVERNED})::int AS succeeded,
               count(*) FILTER (WHERE action = 'failed' AND ${GOVERNED})::int AS failed,
               count(*) FILTER (WHERE action = 'not_executed')::int AS "notExecuted",
               count(*) FILTER (WHERE reason = 'argument_drift')::int AS drifted,
               count(*) FILTER (WHERE reason = 'ungoverned_call')::int AS ungoverned,
               (SELECT count(*)::int FROM audit_record e
                 WHERE e.tenant_id = ANY (${tenantIds}::uuid[]) AND e.at >= ${of.from} AND e.at < ${of.to}
                   AND e.kind = 'evaluation' AND e.effect = 'allow'
                   AND NOT EXISTS (SELECT FROM audit_record o WHERE o.tenant_id = e.tenant_id AND o.evaluation_id = e.id)) AS missing
        FROM audit_record WHERE ${within(tenantIds, of, 'outcome')}`,
    );
    return row!;
  }
}
