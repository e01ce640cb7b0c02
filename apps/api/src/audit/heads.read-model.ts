import { Injectable } from '@nestjs/common';
import { Database } from '../infra/database.js';

/** Where a tenant's order stands. */
export interface HeadRow {
  readonly tenantId: string;
  readonly seq: string;
  readonly epoch: string;
  readonly at: Date;
}

@Injectable()
export class HeadsReadModel {
  constructor(private readonly database: Database) {}

  async of(tenantIds: readonly string[]): Promise<HeadRow[]> {
    if (tenantIds.length === 0) return [];
    return this.database.read(
      tenantIds,
      (tx) => tx.$queryRaw<HeadRow[]>`
        SELECT tenant_id AS "tenantId", seq::text AS seq, epoch::text AS epoch, at
        FROM ledger_head WHERE tenant_id = ANY (${[...tenantIds]}::uuid[])`,
    );
  }
}
