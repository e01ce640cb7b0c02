import { Injectable } from '@nestjs/common';
import { PLATFORM_TENANT_ID } from '../infra/config.js';
import { Database } from '../infra/database.js';

/** The place a tenant's order stands at. */
export interface HeadRow {
  readonly tenantId: string;
  readonly seq: string;
  /** Moves with every change that touches the tenant: its own, and the platform's (a global stop). */
  readonly epoch: string;
  readonly at: Date;
}

@Injectable()
export class HeadsReadModel {
  constructor(private readonly database: Database) {}

  async of(tenantIds: readonly string[]): Promise<HeadRow[]> {
    if (tenantIds.length === 0) return [];
    return this.database.read(
      [...tenantIds, PLATFORM_TENANT_ID],
      (tx) => tx.$queryRaw<HeadRow[]>`
        SELECT h.tenant_id AS "tenantId", h.seq::text AS seq, (h.epoch + p.epoch)::text AS epoch, h.at
        FROM ledger_head h CROSS JOIN ledger_head p
        WHERE h.tenant_id = ANY (${[...tenantIds]}::uuid[]) AND p.tenant_id = ${PLATFORM_TENANT_ID}::uuid`,
    );
  }
}
