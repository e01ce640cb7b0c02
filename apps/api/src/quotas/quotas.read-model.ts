import { Injectable } from '@nestjs/common';
import { readQuotaLog, type QuotaLog } from '@reeve/policy';
import { Database } from '../infra/database.js';

export interface QuotaUseRow {
  /** `quota:holder` */
  readonly key: string;
  readonly log: QuotaLog;
}

const ROWS_AT_ONCE = 1_000;

@Injectable()
export class QuotasReadModel {
  constructor(private readonly database: Database) {}

  /** All that were spent from since then, a page at a time: which are nearest to their limit is known after the last. */
  async *since(tenantId: string, since: Date): AsyncGenerator<QuotaUseRow[]> {
    for (let after = ''; ;) {
      const rows = await this.database.read(tenantId, (tx) =>
        tx.quotaUse.findMany({
          where: { tenantId, key: { gt: after }, updatedAt: { gte: since } },
          select: { key: true, log: true },
          orderBy: { key: 'asc' },
          take: ROWS_AT_ONCE,
        }),
      );
      yield rows.map(({ key, log }) => ({ key, log: readQuotaLog(log) }));
      if (rows.length < ROWS_AT_ONCE) return;
      after = rows.at(-1)!.key;
    }
  }
}
