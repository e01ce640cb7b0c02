/**
 * From what happened to sealed rows: each entry gets its place in the tenant's total order, the hash of the one before
 * it and its seal. Pure; the caller holds the lock on the head.
 */
import type { Sealer } from '@reeve/audit';
import type { JsonObject } from '@reeve/policy';
import type { Head } from './head.js';

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
    readonly evaluationId?: string;
  };
  /** What the body only commits to; it goes when the subject is erased. */
  readonly evidence?: {
    readonly subjectRef: string;
    /** For finding the record as long as it may be found by them: the run, and a target that the policy does not name. */
    readonly runId?: string | null;
    readonly target?: string | null;
    /** Encrypts; given the record's place so that evidence can't be moved. */
    seal(context: string): Buffer;
  };
}

interface Places {
  payload_at: number;
  payload_bytes: number;
  evidence_at: number;
  evidence_bytes: number;
}
/** The long members travel apart from the rest of the row (see `packed`), which holds their places. */
export interface RecordRow {
  readonly row: Places & { readonly hash: string } & Readonly<Record<string, unknown>>;
  readonly payload: Buffer;
  readonly evidence: Buffer | null;
}

/** What a ciphertext is bound to: it opens for this record only. */
export const evidenceContext = (tenantId: string, seq: number): string => `${tenantId}/${seq}`;

/**
 * A tenant's records of one transaction, each sealed in its place as it comes. What can't be sealed throws and takes no
 * place; what was appended can be taken back, from the end.
 */
export class Chain {
  readonly records: RecordRow[] = [];
  private readonly at: string;

  constructor(
    private readonly from: Head,
    private readonly sealer: Sealer,
    private readonly nowMs: number,
  ) {
    this.at = new Date(nowMs).toISOString();
  }

  /** Where the tenant's ledger ends now. */
  get head(): Head {
    const { from, records } = this;
    const last = records.at(-1);
    return last === undefined
      ? from
      : { ...from, seq: from.seq + records.length, hash: last.row.hash, at: this.nowMs };
  }

  append(entry: Entry): void {
    const { from, records, sealer, at } = this;
    const { tenantId } = from;
    const seq = from.seq + records.length + 1;
    const prev = records.at(-1)?.row.hash ?? from.hash;
    const { id, kind, body, index, evidence } = entry;
    const { hash, hmac, bytes } = sealer.seal({ seq, id, at, kind, prev, body });
    records.push({
      row: {
        tenant_id: tenantId,
        seq,
        id,
        kind,
        at,
        hash,
        hmac,
        key_id: sealer.keyId,
        action: index.action,
        target: index.target,
        effect: index.effect,
        reason: index.reason,
        assistant: index.assistant,
        subject_ref: index.subjectRef,
        run_id: evidence?.runId,
        own_target: evidence?.target,
        actor_id: index.actorId,
        evaluation_id: index.evaluationId,
        payload_at: 0,
        payload_bytes: 0,
        evidence_at: 0,
        evidence_bytes: 0,
      },
      payload: bytes,
      evidence: evidence === undefined ? null : evidence.seal(evidenceContext(tenantId, seq)),
    });
  }

  /** Keeps the first `length` records. */
  cutTo(length: number): void {
    this.records.length = length;
  }
}

/** These entries, one after the other. */
export function chain(from: Head, sealer: Sealer, nowMs: number, entries: readonly Entry[]): Chain {
  const made = new Chain(from, sealer, nowMs);
  for (const entry of entries) made.append(entry);
  return made;
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
