import { Injectable } from '@nestjs/common';
import { notAfter, quotaLogText, readQuotaLog } from '@reeve/policy';
import { Database } from '../infra/database.js';
import type { LedgerTx } from '../ledger/changes.js';

@Injectable()
export class ClockRepository {
  constructor(private readonly database: Database) {}

  /** Tenants whose last record is later than this. */
  async ahead(of: Date): Promise<{ id: string; slug: string }[]> {
    const tenants = await this.database.app.tenant.findMany({ select: { id: true, slug: true } });
    const heads = await this.database.read(
      tenants.map(({ id }) => id),
      (tx) => tx.ledgerHead.findMany({ where: { at: { gt: of } }, select: { tenantId: true } }),
    );
    const ahead = new Set(heads.map(({ tenantId }) => tenantId));
    return tenants.filter(({ id }) => ahead.has(id));
  }

  async lastRecordAt(tx: LedgerTx, tenantId: string): Promise<Date> {
    return (await tx.ledgerHead.findUniqueOrThrow({ where: { tenantId } })).at;
  }

  /** What was spent later than now counts as spent now: it holds for one more window, and no allowance comes early. */
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
