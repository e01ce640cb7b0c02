/** The facts of one batch: what to look up, and what was found, by tenant. */
import type { QuotaLog, SubjectFacts } from '@reeve/policy';
import { quotaKeys } from '@reeve/policy';
import { PLATFORM_TENANT_ID } from '../infra/config.js';
import type { LedgerConnection, Statement } from '../ledger/ledger-connection.js';
import type { SubjectKey, SubjectKeys } from '../ledger/subject-keys.js';
import type { Authorised } from './outcome-entry.js';
import { FACTS } from './facts.sql.js';
import type { Snapshots } from './snapshots.js';
import type { Work } from './work.js';

/** One tenant's part. The maps are the batch's own: what one decision leaves behind, the next one sees. */
export interface TenantFacts {
  readonly subjects: Map<string, { readonly bound: SubjectFacts | null; key: SubjectKey | null }>;
  readonly quotaUse: Map<string, QuotaLog>;
  readonly evaluations: Map<string, Authorised>;
}
export interface BatchFacts {
  /** Epoch milliseconds by the database's clock, read after the lock. */
  readonly now: number;
  readonly platformEpoch: number;
  tenant(tenantId: string): TenantFacts;
}

export const subjectName = (type: string, id: string): string => `${type}\n${id}`;

/** What this work wants to know. Quotas of a tenant without a snapshot are not known yet. */
export function factsStatement(work: readonly Work[], snapshots: Snapshots): Statement {
  const subjects = new Map<string, [string, string, string]>();
  const quotas = new Map<string, [string, string]>();
  const evaluations: [string, string][] = [];
  for (const item of work) {
    const { tenantId } = item.caller;
    if (item.kind === 'account') {
      evaluations.push([tenantId, item.report.evaluation_id]);
      continue;
    }
    const policy = snapshots.get(tenantId)?.policy;
    for (const request of item.requests) {
      const { type, id } = request.subject;
      subjects.set(`${tenantId}\n${subjectName(type, id)}`, [tenantId, type, id]);
      if (policy === undefined) continue;
      for (const key of quotaKeys(request, policy)) quotas.set(`${tenantId}\n${key}`, [tenantId, key]);
    }
  }
  const s = [...subjects.values()];
  const q = [...quotas.values()];
  return {
    name: 'facts',
    text: FACTS,
    values: [
      s.map((row) => row[0]),
      s.map((row) => row[1]),
      s.map((row) => row[2]),
      q.map((row) => row[0]),
      q.map((row) => row[1]),
      evaluations.map((row) => row[0]),
      evaluations.map((row) => row[1]),
      PLATFORM_TENANT_ID,
    ],
  };
}

/** Looks the facts up again, after the snapshots were refreshed inside the same transaction. */
export async function loadFacts(
  connection: LedgerConnection,
  work: readonly Work[],
  snapshots: Snapshots,
  keys: SubjectKeys,
): Promise<BatchFacts> {
  const [result] = await connection.flight([factsStatement(work, snapshots)]);
  return readFacts(result!.rows[0] as FactsRow, keys);
}

export function readFacts(row: FactsRow, keys: SubjectKeys): BatchFacts {
  const tenants = new Map<string, TenantFacts>();
  const tenant = (tenantId: string): TenantFacts => {
    let facts = tenants.get(tenantId);
    if (facts === undefined) {
      facts = { subjects: new Map(), quotaUse: new Map(), evaluations: new Map() };
      tenants.set(tenantId, facts);
    }
    return facts;
  };
  const open = (ref: string | null, wrapped: string | null): SubjectKey | null =>
    ref === null || wrapped === null ? null : keys.open(ref, Buffer.from(wrapped, 'hex'));

  for (const s of row.subjects ?? [])
    tenant(s.tenantId).subjects.set(subjectName(s.type, s.id), {
      bound: s.bound ? { roles: s.roles ?? [], grants: s.grants ?? {} } : null,
      key: open(s.ref, s.wrappedKey),
    });
  for (const q of row.quotaUse ?? []) tenant(q.tenantId).quotaUse.set(q.key, JSON.parse(q.log) as QuotaLog);
  for (const e of row.evaluations ?? [])
    tenant(e.tenantId).evaluations.set(e.id, {
      id: e.id,
      seq: e.seq,
      payload: e.payload,
      subject: open(e.ref, e.wrappedKey),
      ciphertext: e.ciphertext === null ? null : Buffer.from(e.ciphertext, 'hex'),
      outcome: e.outcome,
    });
  return { now: Math.floor(row.now), platformEpoch: row.platformEpoch, tenant };
}

/** The one row of FACTS. */
export interface FactsRow {
  readonly now: number;
  readonly platformEpoch: number;
  readonly subjects:
    | {
        tenantId: string;
        type: string;
        id: string;
        roles: string[] | null;
        grants: SubjectFacts['grants'] | null;
        bound: boolean;
        ref: string | null;
        wrappedKey: string | null;
      }[]
    | null;
  readonly quotaUse: { tenantId: string; key: string; log: string }[] | null;
  readonly evaluations:
    | {
        tenantId: string;
        id: string;
        seq: number;
        payload: string;
        ciphertext: string | null;
        ref: string | null;
        wrappedKey: string | null;
        outcome: string | null;
      }[]
    | null;
}
