/** What a batch needs to know and its process does not remember: collected, asked for in one statement, and taken in. */
import {
  compositeKey,
  quotaKeys,
  quotaOfKey,
  readQuotaLog,
  type CompiledPolicy,
  type EvaluationRequest,
  type SubjectFacts,
} from '@reeve/policy';
import type { Statement } from '../ledger/pipeline.js';
import type { SubjectKey, SubjectKeys } from '../ledger/subject-keys.js';
import { FACTS } from './facts.sql.js';
import type { Snapshots } from './snapshots.js';
import type { TenantMemories } from './tenant-memory.js';
import { recordIdOf, type Told } from './ungoverned-entry.js';
import type { Work } from './work.js';

export class LookUp {
  private readonly subjects = new Map<string, readonly [tenantId: string, type: string, id: string]>();
  private readonly quotas = new Map<string, WantedQuota>();
  private readonly evaluations = new Map<string, readonly [tenantId: string, id: string]>();
  private readonly told = new Map<string, readonly [tenantId: string, id: string]>();

  private constructor(
    private readonly memories: TenantMemories,
    private readonly keys: SubjectKeys,
  ) {}

  /** null when all that this work needs is remembered. */
  static for(
    work: readonly Work[],
    memories: TenantMemories,
    snapshots: Snapshots,
    keys: SubjectKeys,
  ): LookUp | null {
    const lookUp = new LookUp(memories, keys);
    for (const item of work) {
      try {
        lookUp.want(item, snapshots.get(item.caller.tenantId)?.policy);
      } catch {
        // It fails again, on its own, for want of these facts when it is settled.
      }
    }
    return lookUp.isEmpty ? null : lookUp;
  }

  statement(): Statement {
    const column = (rows: ReadonlyMap<string, readonly string[]>, at: number) =>
      Array.from(rows.values(), (row) => row[at]);
    const quotas = [...this.quotas.values()];
    return {
      name: 'facts',
      text: FACTS,
      values: [
        column(this.subjects, 0),
        column(this.subjects, 1),
        column(this.subjects, 2),
        JSON.stringify(quotas.filter((row) => 'id' in row)),
        JSON.stringify(quotas.filter((row) => !('id' in row))),
        column(this.evaluations, 0),
        column(this.evaluations, 1),
        column(this.told, 0),
        column(this.told, 1),
      ],
    };
  }

  /** Remembers the answer, and of what was asked for and is not in it that it is not there. */
  learn(found: FactsRow): void {
    for (const [tenantId, type, id] of this.subjects.values())
      this.facts(tenantId).subjects.set(compositeKey(type, id), { bound: null, key: null });
    for (const { tenant_id, key } of this.quotas.values()) this.facts(tenant_id).quotaUse.set(key, []);
    for (const [tenantId, id] of this.evaluations.values()) this.facts(tenantId).evaluations.set(id, null);
    for (const [tenantId, id] of this.told.values()) this.facts(tenantId).told.set(id, null);

    for (const s of found.subjects ?? [])
      this.facts(s.tenantId).subjects.set(compositeKey(s.type, s.id), {
        bound: s.bound ? { roles: s.roles ?? [], grants: s.grants ?? {} } : null,
        key: this.open(s.ref, s.wrappedKey),
      });
    for (const q of [...(found.ownUse ?? []), ...(found.sharedUse ?? [])]) {
      const { quotaUse } = this.facts(q.tenantId);
      try {
        quotaUse.set(q.key, readQuotaLog(q.log));
      } catch {
        quotaUse.delete(q.key);
      }
    }
    for (const { tenantId, id, ...told } of found.told ?? []) this.facts(tenantId).told.set(id, told);
    for (const { tenantId, ref, wrappedKey, ciphertext, ...e } of found.evaluations ?? [])
      this.facts(tenantId).evaluations.set(e.id, {
        ...e,
        subject: this.open(ref, wrappedKey),
        ciphertext: ciphertext === null ? null : Buffer.from(ciphertext, 'hex'),
      });
  }

  private get isEmpty(): boolean {
    return this.subjects.size + this.quotas.size + this.evaluations.size + this.told.size === 0;
  }

  private facts(tenantId: string) {
    return this.memories.of(tenantId).facts;
  }

  private want(item: Work, policy: CompiledPolicy | undefined): void {
    const { tenantId } = item.caller;
    switch (item.kind) {
      case 'account':
        return this.wantRecord('evaluations', tenantId, item.report.evaluation_id);
      case 'ungoverned':
        this.wantRecord('told', tenantId, recordIdOf(item.caller, item.report));
        return this.wantSubject(tenantId, item.report.subject);
      case 'ask':
        for (const request of item.requests) {
          this.wantSubject(tenantId, request.subject);
          // Without a policy the quotas are not known yet.
          if (policy !== undefined) this.wantQuotas(tenantId, request, policy);
        }
    }
  }

  private wantRecord(which: 'evaluations' | 'told', tenantId: string, id: string): void {
    if (!this.facts(tenantId)[which].has(id)) this[which].set(compositeKey(tenantId, id), [tenantId, id]);
  }

  private wantSubject(tenantId: string, { type, id }: { type: string; id: string }): void {
    if (!this.facts(tenantId).subjects.has(compositeKey(type, id)))
      this.subjects.set(compositeKey(tenantId, type, id), [tenantId, type, id]);
  }

  private wantQuotas(tenantId: string, request: EvaluationRequest, policy: CompiledPolicy): void {
    const { type, id } = request.subject;
    for (const key of quotaKeys(request, policy)) {
      if (this.facts(tenantId).quotaUse.has(key)) continue;
      const { quota, holder } = quotaOfKey(key);
      const { per } = policy.document.quotas[quota]!;
      const whose = per === 'user' ? { type, id } : { per, holder };
      this.quotas.set(compositeKey(tenantId, key), { tenant_id: tenantId, key, quota, ...whose });
    }
  }

  private open(ref: string | null, wrapped: string | null): SubjectKey | null {
    return ref === null || wrapped === null ? null : this.keys.open(ref, Buffer.from(wrapped, 'hex'));
  }
}

/** A quota's spends by one holder: by a subject, who is looked up, or by somebody with a name. */
type WantedQuota = { readonly tenant_id: string; readonly key: string; readonly quota: string } & (
  { readonly type: string; readonly id: string } | { readonly per: string; readonly holder: string }
);

/** The one row of FACTS. */
export interface FactsRow {
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
  readonly ownUse: FoundUse[] | null;
  readonly sharedUse: FoundUse[] | null;
  readonly evaluations:
    | {
        tenantId: string;
        id: string;
        seq: number;
        payload: string;
        ciphertext: string | null;
        runId: string | null;
        target: string | null;
        ref: string | null;
        wrappedKey: string | null;
        outcome: string | null;
      }[]
    | null;
  readonly told: (Told & { readonly tenantId: string; readonly id: string })[] | null;
}
type FoundUse = { readonly tenantId: string; readonly key: string; readonly log: string };
