import { Injectable } from '@nestjs/common';
import type { ReasonCount } from '../overview.model.js';
import { Counting, within } from './counting.read-model.js';
import { idsOf, type PanelScope } from './panel.js';

@Injectable()
export class ReasonsReadModel {
  constructor(private readonly counting: Counting) {}

  /** Of whatever was not allowed, most frequent first. */
  read(of: PanelScope): Promise<ReasonCount[]> {
    const tenantIds = idsOf(of);
    return this.counting.read(
      of.actor,
      tenantIds,
      (tx) => tx.$queryRaw`
        SELECT reason, count(*)::int AS count
        FROM audit_record WHERE ${within(tenantIds, of, 'evaluation')} AND effect <> 'allow'
        GROUP BY 1 ORDER BY 2 DESC, 1`,
    );
  }
}
