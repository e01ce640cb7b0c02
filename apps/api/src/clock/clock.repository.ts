import { Injectable } from '@nestjs/common';
import { notAfter, quotaLogText, readQuotaLog } from '@reeve/policy';
import type { TenantScope } from '../auth/tenant-scope.js';
import { Database } from '../infra/database.js';
import type { LedgerTx } from '../ledger/changes.js';
import type { TenantAhead } from './clock.model.js';

type Tenant = Pick<TenantScope, 'id' | 'slug'>;
export interface Ahead extends TenantAhead {
  readonly id: string;
}

@Injectable()
export class ClockRepository {
  constructor(private readonly database: Database) {}

  /** Every tenant, by id. */
  async tenants(): Promise<Tenant[]> {
    return this.database.app.tenant.findMany({ select: { id: true, slug: true } });
  }

  /** Those of them whose last record is more than `byMs` later than the database's clock. */
  async ahead(tenants: readonly Tenant[], byMs: number): Promise<Ahead[]> {
    const ids = tenants.map(({ id }) => id);
    const rows = await this.database.read(
      ids,
      (tx) => tx.$queryRaw<{ tenantId: string; lastRecordAt: Date; now: number }[]>`
        SELECT tenant_id AS "tenantId", at AS "lastRecordAt", now FROM ledger_head, ledger_now() AS now
        WHERE tenant_id = ANY(${ids}::uuid[]) AND at > to_timestamp((now + ${byMs}) / 1000)`,
    );
    const slugs = new Map(tenants.map(({ id, slug }) => [id, slug]));
    return rows.map(({ tenantId, lastRecordAt, now }) => ({
      id: tenantId,
      slug: slugs.get(tenantId)!,
      lastRecordAt,
      database: new Date(now),
    }));
  }

  async lastRecordAt(tx: LedgerTx, tenantId: string): Promise<Date> {
    return (await tx.ledgerHead.findUniqueOrThrow({ where: { tenantId } })).at;
  }

  /** Spends later than now count as spent now: they hold for one more window, and no allowance comes early. */
  async spendNow(tx: LedgerTx, tenantId: string, now: Date): Promise<void> {
    for (const { log, ...holder } of await tx.quotaUse.findMany({
      where: { tenantId, updatedAt: { gt: now } },
      select: { tenantId: true, quota: true, per: true, holder: true, log: true },
    }))
      await tx.quotaUse.update({
        where: { tenantId_quota_per_holder: holder },
        data: { log: quotaLogText(notAfter(readQuotaLog(log), now.getTime())), updatedAt: now },
      });
  }
}
