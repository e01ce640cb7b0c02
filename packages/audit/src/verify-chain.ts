/** Does each record follow the one before? Incremental: state in, state out, so that a check can be resumed. */
import { checkRecord } from './check-record.js';
import type { Digests } from './digests.js';
import { type Envelope, GENESIS, type SealedRecord } from './record.js';
import { broken, type Fault, type Place } from './verdict.js';

/** A place in a tenant's ledger: the record there, and its hash; null where that record could not be read. */
export interface ChainState {
  readonly tenant: string;
  readonly seq: number;
  readonly hash: string | null;
}

/** The state before a tenant's first record. */
export function startOfChain(tenant: string): ChainState {
  return { tenant, seq: 0, hash: GENESIS };
}

export interface ChainStep {
  /** Where to resume: behind the last record given, whether it holds or not. */
  readonly state: ChainState;
  /** The first objection, or null if every record given verified. */
  readonly fault: Fault | null;
  /** How many records were objected to. */
  readonly faults: number;
}

/**
 * Checks records that must continue the chain after `from`, in ascending order without gaps, and goes on behind one
 * that does not hold. It cannot know how long the ledger is: compare the last state with the ledger's head.
 */
export function verifyChain(from: ChainState, records: Iterable<SealedRecord>, digests: Digests): ChainStep {
  let state = from;
  let first: Fault | null = null;
  let faults = 0;
  for (const record of records) {
    const place = { seq: state.seq + 1, line: null };
    const checked = checkRecord(record, state.tenant, digests, place);
    const fault = 'verdict' in checked ? checked : objectionToOrder(state, checked, place);
    if (fault) {
      first ??= fault;
      faults += 1;
    }
    state = behind(state, record, checked);
  }
  return { state, fault: first, faults };
}

/** What the next record has to follow: this one, where it says that it stands, or at its turn if that can't be believed. */
function behind(state: ChainState, record: SealedRecord, checked: Envelope | Fault): ChainState {
  const seq = 'verdict' in checked ? state.seq + 1 : checked.seq;
  return { tenant: state.tenant, seq, hash: record.hash };
}

/** Why the record is not the next one, or null if it is. */
export function objectionToOrder(state: ChainState, envelope: Envelope, place: Place): Fault | null {
  if (envelope.seq !== state.seq + 1)
    return broken('seq', place, `record ${state.seq + 1}`, `record ${envelope.seq}`);
  if (state.hash !== null && envelope.prev !== state.hash)
    return broken('prev', place, state.hash, envelope.prev);
  return null;
}
