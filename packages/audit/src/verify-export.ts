/** Reads an export from its manifest to its last line and gives one verdict. Memory: one line. */
import { checkRecord } from './check-record.js';
import type { Digests } from './digests.js';
import { isCanonical } from './is-canonical.js';
import { contradiction, type Manifest, readManifest } from './manifest.js';
import type { Envelope } from './record.js';
import { broken, type Fault, type Incomplete, type Place, type Rest, type Verdict } from './verdict.js';
import { type ChainState, objectionToOrder } from './verify-chain.js';
import { readManifestLine, readRecordLine } from './wire.js';

const NO_MANIFEST: Incomplete = {
  verdict: 'incomplete',
  lacks: 'manifest',
  after: null,
  missing: null,
  unread: [],
};
const UNREAD_NAMED_MAX = 100;

/**
 * Verifies the lines of an export, each with its newline, as `readLines` and `writeExport` give them.
 * Without `digests.mac` the check is of the chain alone. Reads on behind what it objects to: the verdict names the
 * first fault and says what the rest came to.
 */
export async function verifyExport(lines: AsyncIterable<string>, digests: Digests): Promise<Verdict> {
  let reading: Reading | undefined;
  for await (const line of lines) {
    if (!reading) {
      const manifest = openManifest(line, digests);
      if ('verdict' in manifest)
        return manifest.verdict === 'incomplete' ? manifest : { ...manifest, rest: null };
      reading = new Reading(manifest, digests);
    } else if (reading.take(line) === 'ended') break;
  }
  return reading?.conclude() ?? NO_MANIFEST;
}

function openManifest(line: string, digests: Digests): Manifest | Fault | Incomplete {
  const place: Place = { seq: null, line: 1 };
  const sealed = readManifestLine(line);
  if (sealed === 'cut' || (sealed === 'json' && typeof readRecordLine(line) === 'object')) return NO_MANIFEST;
  if (typeof sealed === 'string')
    return broken(sealed === 'unread' ? 'json' : sealed, place, 'a manifest line', line);

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

/** The record lines of one export, as far as they were read. */
class Reading {
  /** Record lines, whether they hold or not. */
  private count = 0;
  private sound = 0;
  private faults = 0;
  private first: Fault | undefined;
  private unreadCount = 0;
  private readonly unread: number[] = [];
  private state: ChainState;

  constructor(
    private readonly manifest: Manifest,
    private readonly digests: Digests,
  ) {
    this.state = { tenant: manifest.tenant, seq: manifest.from_seq - 1, hash: manifest.prev_hash };
  }

  private get isRange(): boolean {
    return this.manifest.filter === null;
  }

  /** `ended`: a line without an end, or one more than the manifest promises; nothing behind it is read. */
  take(line: string): 'read' | 'ended' {
    const { state, manifest } = this;
    const place: Place = { seq: this.isRange ? state.seq + 1 : null, line: this.count + 2 };
    const record = readRecordLine(line);
    if (this.count === manifest.count) {
      this.object(this.superfluous(record, line, place));
      return 'ended';
    }
    if (record === 'cut') return 'ended';
    this.count += 1;
    if (record === 'unread') {
      this.unreadCount += 1;
      if (this.unread.length < UNREAD_NAMED_MAX) this.unread.push(this.count + 1);
      this.passOver(null);
      return 'read';
    }
    if (typeof record === 'string') {
      this.object(broken(record, place, 'a record line', line));
      this.passOver(null);
      return 'read';
    }
    const envelope = checkRecord(record, state.tenant, this.digests, place);
    if ('verdict' in envelope) {
      this.object(envelope);
      this.passOver(record.hash);
      return 'read';
    }
    const here = { ...place, seq: place.seq ?? envelope.seq };
    const fault = this.isRange
      ? objectionToOrder(state, envelope, here)
      : objectionToRow(state, envelope, manifest, here);
    if (fault) this.object(fault);
    else this.sound += 1;
    this.state = { tenant: state.tenant, seq: envelope.seq, hash: record.hash };
    return 'read';
  }

  conclude(): Verdict {
    const { manifest, state, count, digests, isRange } = this;
    const missing = manifest.count - count;
    if (!this.first && missing === 0 && isRange && state.hash !== null && state.hash !== manifest.head_hash) {
      this.sound -= 1;
      this.object(broken('head', { seq: state.seq, line: count + 1 }, manifest.head_hash, state.hash));
    }
    const rest: Rest = { sound: this.sound, faults: this.faults, missing };
    if (this.first) return { ...this.first, rest };
    if (missing > 0 || this.unreadCount > 0)
      return {
        verdict: 'incomplete',
        lacks: missing > 0 ? 'records' : 'lines',
        after: isRange ? state.seq : null,
        missing,
        unread: this.unread,
      };
    return {
      verdict: digests.mac ? 'verified' : 'consistent',
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

  private object(fault: Fault): void {
    this.first ??= fault;
    this.faults += 1;
  }

  /** Goes on behind a line that says nothing: the next one of a range stands one further, of rows anywhere. */
  private passOver(hash: string | null): void {
    const { tenant, seq } = this.state;
    this.state = this.isRange ? { tenant, seq: seq + 1, hash } : { tenant, seq, hash: null };
  }

  private superfluous(record: ReturnType<typeof readRecordLine>, line: string, place: Place): Fault {
    const end = `the end, after ${this.count} records`;
    if (typeof record === 'string') return broken(record === 'canonical' ? record : 'json', place, end, line);
    const envelope = checkRecord(record, this.state.tenant, this.digests, place);
    if ('verdict' in envelope) return envelope;
    return broken('seq', { ...place, seq: place.seq ?? envelope.seq }, end, `record ${envelope.seq}`);
  }
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
