/**
 * What decisions look at beside the policy, by tenant, kept from batch to batch. Whatever changes one of these facts
 * moves the tenant's head: a decision by its record, an admin's change by its record and the epoch. So they are current
 * for as long as the head stands where this process left it, and each batch sees under the lock whether it does.
 */
import {
  compositeKey,
  quotaKeys,
  quotaOfKey,
  readQuotaLog,
  type CompiledPolicy,
  type QuotaLog,
  type SubjectFacts,
} from '@reeve/policy';
import type { Statement } from '../ledger/flight.js';
import type { Head } from '../ledger/records.js';
import type { SubjectKey, SubjectKeys } from '../ledger/subject-keys.js';
import type { Authorised } from './outcome-entry.js';
import { recordIdOf, type Told } from './ungoverned-entry.js';
import { FACTS } from './facts.sql.js';
import type { Snapshots } from './snapshots.js';
import type { Work } from './work.js';

/** One tenant's part. What one decision leaves behind here, the next one sees. null: looked for and not there. */
export interface TenantFacts {
  readonly subjects: Map<string, { readonly bound: SubjectFacts | null; readonly key: SubjectKey | null }>;
  /** A log that can't be read is not in here, so nothing is spent from it. */
  readonly quotaUse: Map<string, QuotaLog>;
  /** Those that outcomes of this batch are about. */
  readonly evaluations: Map<string, Authorised | null>;
  /** Those that were told without one, by the record's id. */
  readonly told: Map<string, Told | null>;
}

/** Where a head stands. */
export type Stand = Head & { readonly epoch: number };

/** Beyond so many subjects and quota keys a tenant's facts are looked up anew. */
const KNOWN_MAX = 50_000;

export class KnownFacts {
  private readonly tenants = new Map<string, TenantFacts>();
  private readonly stands = new Map<string, Stand>();

  constructor(private readonly keys: SubjectKeys) {}

  tenant(tenantId: string): TenantFacts {
    let facts = this.tenants.get(tenantId);
    if (facts === undefined) {
      facts = { subjects: new Map(), quotaUse: new Map(), evaluations: new Map(), told: new Map() };
      this.tenants.set(tenantId, facts);
    }
    return facts;
  }

  /** The head as this process left it; undefined when it did not, or takes turns with another one. */
  left(tenantId: string): Stand | undefined {
    return this.tenants.has(tenantId) ? this.stands.get(tenantId) : undefined;
  }

  /** The look-up of what this work needs and nobody here knows; null when all is known. */
  unknown(work: readonly Work[], snapshots: Snapshots): Wanted | null {
    const wanted = new Wanted();
    for (const item of work) {
      try {
        this.want(wanted, item, snapshots.get(item.caller.tenantId)?.policy);
      } catch {
        // It fails again, on its own, for want of these facts when it is settled.
      }
    }
    return wanted.isEmpty ? null : wanted;
  }

  /** Without a policy the quotas are not known yet. */
  private want(wanted: Wanted, item: Work, policy: CompiledPolicy | undefined): void {
    const { tenantId } = item.caller;
    const known = this.tenant(tenantId);
    if (item.kind === 'account') {
      const id = item.report.evaluation_id;
      if (!known.evaluations.has(id)) wanted.evaluations.set(compositeKey(tenantId, id), [tenantId, id]);
      return;
    }
    if (item.kind === 'ungoverned') {
      const id = recordIdOf(item.caller, item.report);
      if (!known.told.has(id)) wanted.told.set(compositeKey(tenantId, id), [tenantId, id]);
      this.wantSubject(wanted, tenantId, item.report.subject);
      return;
    }
    for (const request of item.requests) {
      const { type, id } = request.subject;
      this.wantSubject(wanted, tenantId, request.subject);
      if (policy === undefined) continue;
      for (const key of quotaKeys(request, policy))
        if (!known.quotaUse.has(key)) {
          const { quota, holder } = quotaOfKey(key);
          const { per } = policy.document.quotas[quota]!;
          const whose = per === 'user' ? { type, id } : { per, holder };
          wanted.quotas.set(compositeKey(tenantId, key), { tenant_id: tenantId, key, quota, ...whose });
        }
    }
  }

  private wantSubject(wanted: Wanted, tenantId: string, { type, id }: { type: string; id: string }): void {
    if (!this.tenant(tenantId).subjects.has(compositeKey(type, id)))
      wanted.subjects.set(compositeKey(tenantId, type, id), [tenantId, type, id]);
  }

  /** Forgets the tenant's facts if somebody else has moved its head. Returns whether nobody had. */
  confirm({ tenantId, seq, hash, epoch }: Stand): boolean {
    const left = this.stands.get(tenantId);
    if (left?.seq === seq && left.hash === hash && left.epoch === epoch) return true;
    this.stands.delete(tenantId);
    this.tenants.delete(tenantId);
    return false;
  }

  learn(wanted: Wanted, found: FactsRow): void {
    for (const [tenantId, type, id] of wanted.subjects.values())
      this.tenant(tenantId).subjects.set(compositeKey(type, id), { bound: null, key: null });
    for (const { tenant_id, key } of wanted.quotas.values()) this.tenant(tenant_id).quotaUse.set(key, []);
    for (const [tenantId, id] of wanted.evaluations.values()) this.tenant(tenantId).evaluations.set(id, null);
    for (const [tenantId, id] of wanted.told.values()) this.tenant(tenantId).told.set(id, null);

    for (const s of found.subjects ?? [])
      this.tenant(s.tenantId).subjects.set(compositeKey(s.type, s.id), {
        bound: s.bound ? { roles: s.roles ?? [], grants: s.grants ?? {} } : null,
        key: this.open(s.ref, s.wrappedKey),
      });
    for (const q of [...(found.ownUse ?? []), ...(found.sharedUse ?? [])]) {
      const { quotaUse } = this.tenant(q.tenantId);
      try {
        quotaUse.set(q.key, readQuotaLog(q.log));
      } catch {
        quotaUse.delete(q.key);
      }
    }
    for (const { tenantId, id, ...told } of found.told ?? []) this.tenant(tenantId).told.set(id, told);
    for (const e of found.evaluations ?? [])
      this.tenant(e.tenantId).evaluations.set(e.id, {
        id: e.id,
        seq: e.seq,
        payload: e.payload,
        subject: this.open(e.ref, e.wrappedKey),
        ciphertext: e.ciphertext === null ? null : Buffer.from(e.ciphertext, 'hex'),
        runId: e.runId,
        target: e.target,
        outcome: e.outcome,
      });
  }

  /**
   * Once this batch has landed the head stands here; if it does not land, `forget`. Where another process takes turns
   * with this one (`moved`) kept facts would cost the next batch a second look-up, so it asks for all of them at once.
   */
  leave(stand: Stand, moved: boolean): void {
    const { tenantId } = stand;
    const facts = this.tenant(tenantId);
    facts.evaluations.clear();
    facts.told.clear();
    if (moved || facts.subjects.size + facts.quotaUse.size > KNOWN_MAX) this.tenants.delete(tenantId);
    this.stands.set(tenantId, stand);
  }

  /** After a failure nobody knows what was written of these tenants. */
  forget(tenantIds: readonly string[]): void {
    for (const tenantId of tenantIds) {
      this.tenants.delete(tenantId);
      this.stands.delete(tenantId);
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

/** What to look up, each thing once. */
export class Wanted {
  readonly subjects = new Map<string, readonly [tenantId: string, type: string, id: string]>();
  readonly quotas = new Map<string, WantedQuota>();
  readonly evaluations = new Map<string, readonly [tenantId: string, id: string]>();
  readonly told = new Map<string, readonly [tenantId: string, id: string]>();

  get isEmpty(): boolean {
    return this.subjects.size + this.quotas.size + this.evaluations.size + this.told.size === 0;
  }

  statement(): Statement {
    const column = (rows: Map<string, readonly string[]>, at: number) =>
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
}

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
