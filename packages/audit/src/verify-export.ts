/** Reads an export from its manifest to its last line and gives one verdict. Memory: one line. */
import { checkRecord } from './check-record.js';
import type { Digests } from './digests.js';
import { isCanonical } from './is-canonical.js';
import { contradiction, type Manifest, readManifest } from './manifest.js';
import type { Envelope } from './record.js';
import { broken, type Fault, type Incomplete, type Place, type Verdict } from './verdict.js';
import { type ChainState, objectionToOrder } from './verify-chain.js';
import { readManifestLine, readRecordLine } from './wire.js';

const NO_MANIFEST: Incomplete = { verdict: 'incomplete', lacks: 'manifest', after: null, missing: null };

/**
 * Verifies the lines of an export, each with its newline, as `readLines` and `writeExport` give them.
 * Without `digests.mac` the check is of the chain alone. Stops reading at the first objection.
 */
export async function verifyExport(lines: AsyncIterable<string>, digests: Digests): Promise<Verdict> {
  let manifest: Manifest | undefined;
  let state: ChainState | undefined;
  let count = 0;

  for await (const line of lines) {
    if (!manifest || !state) {
      const opened = openManifest(line, digests);
      if ('verdict' in opened) return opened;
      manifest = opened;
      state = { tenant: manifest.tenant, seq: manifest.from_seq - 1, hash: manifest.prev_hash };
      continue;
    }
    const next = nextState(line, count, state, manifest, digests);
    if (next === 'cut') break;
    if ('verdict' in next) return next;
    state = next;
    count += 1;
  }

  return manifest && state ? conclude(manifest, state, count, digests) : NO_MANIFEST;
}

function openManifest(line: string, digests: Digests): Manifest | Fault | Incomplete {
  const place: Place = { seq: null, line: 1 };
  const sealed = readManifestLine(line);
  if (sealed === 'cut' || (sealed === 'json' && typeof readRecordLine(line) === 'object')) return NO_MANIFEST;
  if (typeof sealed === 'string') return broken(sealed, place, 'a manifest line', line);

  const manifest = readManifest(sealed.manifest);
  if (typeof manifest === 'string') return broken('json', place, 'a manifest', manifest);

  if (digests.mac) {
    const { tenant } = manifest;
    const mac = digests.mac(tenant, sealed.key);
    if (!mac) return { verdict: 'unknown_key', key: sealed.key, tenant, ...place };
    if (mac(sealed.manifest) !== sealed.hmac) {
      return broken('hmac', place, `the signature of key "${sealed.key}"`, sealed.hmac);
    }
  }

  if (!isCanonical(sealed.manifest, manifest)) {
    return broken('canonical', place, 'canonical JSON (RFC 8785)', sealed.manifest);
  }
  const contradicted = contradiction(manifest);
  return contradicted ? broken('manifest', place, contradicted.expected, contradicted.found) : manifest;
}

/** The chain with this line's record at its end, or why it cannot be. */
function nextState(
  line: string,
  count: number,
  state: ChainState,
  manifest: Manifest,
  digests: Digests,
): ChainState | Fault | 'cut' {
  const isRange = manifest.filter === null;
  const place: Place = { seq: isRange ? state.seq + 1 : null, line: count + 2 };

  const isFull = count === manifest.count;
  const end = `the end, after ${count} records`;

  const record = readRecordLine(line);
  if (record === 'cut') return isFull ? broken('json', place, end, line) : record;
  if (typeof record === 'string') return broken(record, place, isFull ? end : 'a record line', line);

  const envelope = checkRecord(record, state.tenant, digests, place);
  if ('verdict' in envelope) return envelope;

  const here = { ...place, seq: place.seq ?? envelope.seq };
  if (isFull) return broken('seq', here, end, `record ${envelope.seq}`);
  const fault = isRange
    ? objectionToOrder(state, envelope, here)
    : objectionToRow(state, envelope, manifest, here);
  return fault ?? { tenant: state.tenant, seq: envelope.seq, hash: record.hash };
}

/** A filtered export's rows ascend within its range; where two are neighbours, they must be linked. */
function objectionToRow(
  state: ChainState,
  envelope: Envelope,
  manifest: Manifest,
  place: Place,
): Fault | null {
  const { seq } = envelope;
  if (seq === state.seq + 1 && seq <= manifest.to_seq) return objectionToOrder(state, envelope, place);
  if (seq > state.seq && seq <= manifest.to_seq) return null;
  return broken('seq', place, `a record from ${state.seq + 1} to ${manifest.to_seq}`, `record ${seq}`);
}

function conclude(manifest: Manifest, state: ChainState, count: number, digests: Digests): Verdict {
  const isRange = manifest.filter === null;
  if (count < manifest.count) {
    const after = isRange ? state.seq : null;
    return { verdict: 'incomplete', lacks: 'records', after, missing: manifest.count - count };
  }
  if (isRange && state.hash !== manifest.head_hash) {
    return broken('head', { seq: state.seq, line: count + 1 }, manifest.head_hash, state.hash);
  }
  return {
    verdict: 'verified',
    level: digests.mac ? 'hmac' : 'chain',
    scope: isRange ? 'range' : 'rows',
    tenant: manifest.tenant,
    tenantName: manifest.tenant_name,
    exportedAt: manifest.exported_at,
    count,
    from: manifest.from_seq,
    to: manifest.to_seq,
    head: { seq: manifest.head_seq, hash: manifest.head_hash },
  };
}
