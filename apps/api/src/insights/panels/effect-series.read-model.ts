import { Injectable } from '@nestjs/common';
import type { Effect } from '@reeve/policy';
import { Counting, within } from './counting.read-model.js';
import { idsOf, type PanelScope } from './panel.js';

@Injectable()
export class EffectSeriesReadModel {
  constructor(private readonly counting: Counting) {}

  /** Without the buckets in which nothing was asked. */
  read(of: PanelScope): Promise<{ at: Date; effect: Effect; count: number }[]> {
    const tenantIds = idsOf(of);
    const seconds = of.bucketSeconds;
    return this.counting.read(
      of.actor,
      tenantIds,
      (tx) => tx.$queryRaw`
        SELECT to_timestamp(floor(extract(epoch FROM at) / ${seconds}::int) * ${seconds}::int) AS at,
               effect, count(*)::int AS count
        FROM audit_record WHERE ${within(tenantIds, of, 'evaluation')} GROUP BY 1, 2`,
    );
  }
}
