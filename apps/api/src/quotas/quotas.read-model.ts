import { Injectable } from '@nestjs/common';
import { readQuotaLog, type QuotaLog } from '@reeve/policy';
import { Database } from '../infra/database.js';

export interface QuotaUseRow {
  readonly quota: string;
  readonly per: string;
  /** `type/id` of a subject, a role, an assistant, or `tenant`. */
  readonly holder: string;
  readonly log: QuotaLog;
}
interface StoredUse {
  readonly quota: string;
  readonly per: string;
  readonly holder: string;
  readonly log: string;
  readonly person: string | null;
}

const ROWS_AT_ONCE = 1_000;

@Injectable()
export class QuotasReadModel {
  constructor(private readonly database: Database) {}

  /** `named`: subjects by their id, not their pseudonym. All that were spent from since then, a page at a time: which are nearest to their limit is known after the last. */
  async *since(tenantId: string, since: Date, named: boolean): AsyncGenerator<QuotaUseRow[]> {
    for (let after = { quota: '', per: '', holder: '' }; ;) {
      const rows = await this.database.read(
        tenantId,
        (tx) => tx.$queryRaw<StoredUse[]>`
          SELECT q.quota, q.per, q.holder, q.log, k.type || '/' || k.id AS person
          FROM quota_use q
          LEFT JOIN subject_key k
            ON k.tenant_id = q.tenant_id AND k.ref = CASE q.per WHEN 'user' THEN q.holder::uuid END
          WHERE q.tenant_id = ${tenantId}::uuid AND q.updated_at >= ${since}
            AND (q.quota, q.per, q.holder) > (${after.quota}, ${after.per}, ${after.holder})
          ORDER BY q.quota, q.per, q.holder LIMIT ${ROWS_AT_ONCE}`,
      );
      yield rows.map(({ quota, per, holder, person, log }) => ({
        quota,
        per,
        holder: (named ? person : null) ?? holder,
        log: readQuotaLog(log),
      }));
      if (rows.length < ROWS_AT_ONCE) return;
      after = rows.at(-1)!;
    }
  }
}
