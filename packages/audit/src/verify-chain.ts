/** Does each record follow the one before? Incremental: state in, state out, so that a check can be resumed. */
import { checkRecord } from './check-record.js';
import type { Digests } from './digests.js';
import { type Envelope, GENESIS, type SealedRecord } from './record.js';
import { broken, type Fault, type Place } from './verdict.js';

/** The last verified record of a tenant's ledger. */
export interface ChainState {
  readonly tenant: string;
  readonly seq: number;
  readonly hash: string;
}

/** The state before a tenant's first record. */
export function startOfChain(tenant: string): ChainState {
  return { tenant, seq: 0, hash: GENESIS };
}

export interface ChainStep {
  /** The last record that verified: where to resume. */
  readonly state: ChainState;
  /** The first objection, or null if every record given verified. */
  readonly fault: Fault | null;
}

/**
 * Checks records that must continue the chain after `from`, in ascending order without gaps.
 * It cannot know how long the ledger is: compare the last state with the ledger's head.
 */
export function verifyChain(from: ChainState, records: Iterable<SealedRecord>, digests: Digests): ChainStep {
  let state = from;
  for (const record of records) {
    const place = { seq: state.seq + 1, line: null };
    const envelope = checkRecord(record, state.tenant, digests, place);
    if ('verdict' in envelope) return { state, fault: envelope };
    const fault = objectionToOrder(state, envelope, place);
    if (fault) return { state, fault };
    state = { tenant: state.tenant, seq: envelope.seq, hash: record.hash };
  }
  return { state, fault: null };
}

/** Why the record is not the next one, or null if it is. */
export function objectionToOrder(state: ChainState, envelope: Envelope, place: Place): Fault | null {
  if (envelope.seq !== state.seq + 1)
    return broken('seq', place, `record ${state.seq + 1}`, `record ${envelope.seq}`);
  if (envelope.prev !== state.hash) return broken('prev', place, state.hash, envelope.prev);
  return null;
}
