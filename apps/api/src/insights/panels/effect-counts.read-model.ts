import { Injectable } from '@nestjs/common';
import type { Effect } from '@reeve/policy';
import { Counting, within } from './counting.read-model.js';
import { idsOf, type PanelScope, type Span } from './panel.js';

@Injectable()
export class EffectCountsReadModel {
  constructor(private readonly counting: Counting) {}

  read(of: PanelScope, span: Span): Promise<{ effect: Effect; count: number }[]> {
    const tenantIds = idsOf(of);
    return this.counting.read(
      of.actor,
      tenantIds,
      (tx) => tx.$queryRaw`
        SELECT effect, count(*)::int AS count
        FROM audit_record WHERE ${within(tenantIds, span, 'evaluation')} GROUP BY 1`,
    );
  }
}
