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

/** What WRITE (ledger.sql.ts) takes of one tenant. */
export interface LedgerRows {
  readonly records: RecordRow[];
  readonly head: Head;
}
interface Places {
  payload_at: number;
  payload_bytes: number;
  evidence_at: number;
  evidence_bytes: number;
}
/** The long members travel apart from the rest of the row (see `packed`), which holds their places. */
export interface RecordRow {
  readonly row: Places & Readonly<Record<string, unknown>>;
  readonly payload: Buffer;
  readonly evidence: Buffer | null;
}

/** What a ciphertext is bound to: it opens for this record only. */
export const evidenceContext = (tenantId: string, seq: number): string => `${tenantId}/${seq}`;

export function chain(head: Head, sealer: Sealer, nowMs: number, entries: readonly Entry[]): LedgerRows {
  const at = new Date(nowMs).toISOString();
  const records: RecordRow[] = [];
  let { seq, hash } = head;
  for (const entry of entries) {
    seq += 1;
    const sealed = sealer.seal({ seq, id: entry.id, at, kind: entry.kind, prev: hash, body: entry.body });
    hash = sealed.hash;
    const { index } = entry;
    records.push({
      row: {
        tenant_id: head.tenantId,
        seq,
        id: entry.id,
        kind: entry.kind,
        at,
        hash,
        hmac: sealed.hmac,
        key_id: sealer.keyId,
        action: index.action,
        target: index.target,
        effect: index.effect,
        reason: index.reason,
        assistant: index.assistant,
        subject_ref: index.subjectRef,
        run_id: index.runId,
        actor_id: index.actorId,
        evaluation_id: index.evaluationId,
        payload_at: 0,
        payload_bytes: 0,
        evidence_at: 0,
        evidence_bytes: 0,
      },
      payload: sealed.bytes,
      evidence:
        entry.evidence === undefined ? null : entry.evidence.seal(evidenceContext(head.tenantId, seq)),
    });
  }
  return { records, head: { tenantId: head.tenantId, seq, hash, at: nowMs } };
}

/** $1 and $2 of WRITE: the rows as JSON, and the long members of all of them end to end. SQL counts from 1. */
export function packed(records: readonly RecordRow[]): [rows: string, bytes: Buffer] {
  const parts: Buffer[] = [];
  let next = 1;
  for (const { row, payload, evidence } of records) {
    row.payload_at = next;
    row.payload_bytes = payload.length;
    next += payload.length;
    parts.push(payload);
    if (evidence === null) continue;
    row.evidence_at = next;
    row.evidence_bytes = evidence.length;
    next += evidence.length;
    parts.push(evidence);
  }
  return [JSON.stringify(records.map(({ row }) => row)), Buffer.concat(parts)];
}
