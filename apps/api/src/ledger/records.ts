/**
 * From what happened to sealed rows: each entry gets its place in the tenant's total order, the hash of the one before
 * it and its seal. Pure; the caller holds the lock on the head.
 */
import type { Sealer } from '@reeve/audit';
import type { JsonObject } from '@reeve/policy';

/** The last record of a tenant's ledger, as the lock on its row shows it. */
export interface Head {
  readonly tenantId: string;
  readonly seq: number;
  readonly hash: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** One thing that happened, before it has a place in the order. */
export interface Entry {
  readonly id: string;
  readonly kind: 'evaluation' | 'outcome' | 'change';
  /** What is signed, beside v, tenant, seq, id, at, kind, key and prev. Holds nothing personal. */
  readonly body: JsonObject;
  /** The same facts once more, for finding the record. */
  readonly index: {
    readonly action: string;
    readonly target: string;
    readonly actorId: string;
    readonly effect?: string;
    readonly reason?: string;
    readonly assistant?: string | null;
    readonly subjectRef?: string;
    readonly runId?: string | null;
    readonly evaluationId?: string;
  };
  /** Encrypts what the body only commits to; given the record's place so that evidence can't be moved. */
  readonly evidence?: { readonly subjectRef: string; seal(context: string): Buffer };
}

/** Rows in the shape that WRITE (ledger.sql.ts) takes. */
export interface LedgerRows {
  readonly records: Record<string, unknown>[];
  readonly evidence: Record<string, unknown>[];
  readonly head: Head;
}

/** What a ciphertext is bound to: it opens for this record only. */
export const evidenceContext = (tenantId: string, seq: number): string => `${tenantId}/${seq}`;

export function chain(head: Head, sealer: Sealer, nowMs: number, entries: readonly Entry[]): LedgerRows {
  const at = new Date(nowMs).toISOString();
  const records: Record<string, unknown>[] = [];
  const evidence: Record<string, unknown>[] = [];
  let { seq, hash } = head;
  for (const entry of entries) {
    seq += 1;
    const sealed = sealer.seal({ seq, id: entry.id, at, kind: entry.kind, prev: hash, body: entry.body });
    hash = sealed.hash;
    records.push({
      tenant_id: head.tenantId,
      seq,
      id: entry.id,
      kind: entry.kind,
      at,
      payload: sealed.payload,
      hash,
      hmac: sealed.hmac,
      key_id: sealer.keyId,
      action: entry.index.action,
      target: entry.index.target,
      effect: entry.index.effect,
      reason: entry.index.reason,
      assistant: entry.index.assistant,
      subject_ref: entry.index.subjectRef,
      run_id: entry.index.runId,
      actor_id: entry.index.actorId,
      evaluation_id: entry.index.evaluationId,
    });
    if (entry.evidence !== undefined) {
      evidence.push({
        tenant_id: head.tenantId,
        seq,
        subject_ref: entry.evidence.subjectRef,
        ciphertext: entry.evidence.seal(evidenceContext(head.tenantId, seq)).toString('hex'),
      });
    }
  }
  return { records, evidence, head: { tenantId: head.tenantId, seq, hash, at: nowMs } };
}
