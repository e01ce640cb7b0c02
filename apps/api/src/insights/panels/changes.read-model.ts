import { Injectable } from '@nestjs/common';
import { Counting, within } from './counting.read-model.js';
import { changedIn, type PanelScope } from './panel.js';

const CHANGES = 30;

export interface ChangeRow {
  readonly tenantId: string;
  readonly seq: string;
  readonly at: Date;
  readonly actorId: string;
  readonly action: string;
  readonly target: string;
  readonly reason: string | null;
}

@Injectable()
export class ChangesReadModel {
  constructor(private readonly counting: Counting) {}

  /** Newest first; of the platform's none that was made to a tenant nobody asked about. */
  read(of: PanelScope): Promise<ChangeRow[]> {
    const named = of.tenants.map(({ slug }) => `tenant:${slug}`);
    const tenantIds = changedIn(of);
    return this.counting.read(
      of.actor,
      tenantIds,
      (tx) => tx.$queryRaw`
        SELECT tenant_id AS "tenantId", seq::text AS seq, at, actor_id AS "actorId", action, target, reason
        FROM audit_record WHERE ${within(tenantIds, of, 'change')}
          AND (target NOT LIKE 'tenant:%' OR target = ANY (${named}::text[]))
        ORDER BY at DESC, audit_record.seq DESC LIMIT ${CHANGES}`,
    );
  }
}
