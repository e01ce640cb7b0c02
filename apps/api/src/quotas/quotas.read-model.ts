import { Injectable } from '@nestjs/common';
import { partsOf, quotaLog, quotaOfKey, type QuotaLog } from '@reeve/policy';
import { Database } from '../infra/database.js';

export interface QuotaUseRow {
  readonly quota: string;
  readonly per: string;
  /** `type/id` of a subject, a role, an assistant, or `tenant`. */
  readonly holder: string;
  readonly log: QuotaLog;
}
interface StoredLog {
  readonly key: string;
  readonly subjectRef: string | null;
  readonly state: string;
  readonly person: string | null;
}

const ROWS_AT_ONCE = 1_000;

@Injectable()
export class QuotasReadModel {
  constructor(private readonly database: Database) {}

  /** `named`: subjects by their id, not their pseudonym. All that were spent from since then, a page at a time: which are nearest to their limit is known after the last. */
  async *since(tenantId: string, since: Date, named: boolean): AsyncGenerator<QuotaUseRow[]> {
    const expiresAt = new Date(quotaLog.expiresAt([[since.getTime(), 1]])!);
    for (let after = ''; ;) {
      const rows = await this.database.read(
        tenantId,
        (tx) => tx.$queryRaw<StoredLog[]>`
          SELECT s.key, s.subject_ref AS "subjectRef", s.state, k.type || '/' || k.id AS person
          FROM decision_state s
          LEFT JOIN subject_key k ON k.tenant_id = s.tenant_id AND k.ref = s.subject_ref
          WHERE s.tenant_id = ${tenantId}::uuid AND s.kind = ${quotaLog.name} AND s.expires_at >= ${expiresAt}
            AND s.key > ${after}
          ORDER BY s.key LIMIT ${ROWS_AT_ONCE}`,
      );
      yield rows.map((row) => useOf(row, named));
      if (rows.length < ROWS_AT_ONCE) return;
      after = rows.at(-1)!.key;
    }
  }
}

function useOf({ key, subjectRef, state, person }: StoredLog, named: boolean): QuotaUseRow {
  const { quota, per, holder } = quotaOfKey(partsOf(key)[0]!);
  const whose = subjectRef === null ? holder || per : ((named ? person : null) ?? subjectRef);
  return { quota, per, holder: whose, log: quotaLog.read(state) };
}
