import { Injectable } from '@nestjs/common';
import { readQuotaLog, type QuotaLog } from '@reeve/policy';
import { Database } from '../infra/database.js';

export interface QuotaUseRow {
  /** `quota:holder` */
  readonly key: string;
  readonly log: QuotaLog;
}

const ROWS_MAX = 1000;

@Injectable()
export class QuotasReadModel {
  constructor(private readonly database: Database) {}

  /** The most recently spent from. */
  async list(tenantId: string): Promise<QuotaUseRow[]> {
    const rows = await this.database.read(tenantId, (tx) =>
      tx.quotaUse.findMany({
        where: { tenantId },
        select: { key: true, log: true },
        orderBy: { updatedAt: 'desc' },
        take: ROWS_MAX,
      }),
    );
    return rows.map(({ key, log }) => ({ key, log: readQuotaLog(log) }));
  }
}
