/** What a verifier can say. Every verdict names where it looked and, if it objects, where the fault is. */

/**
 * `range`: every record from `from` to `to` is there, in order. `rows`: the export was filtered; each row is
 * what was recorded, and nothing is claimed about rows that are not there.
 */
export type Scope = 'range' | 'rows';

/** A record's place and hash: the head an export was measured against. */
export interface Head {
  readonly seq: number;
  readonly hash: string;
}

/**
 * Every record that the manifest promises is there and holds. `verified`: every signature was checked with the key.
 * `consistent`: hashes and links only, as no key was given, which shows that the file agrees with itself and not who
 * wrote it: another word, so that nobody takes the one for the other.
 */
export interface Sound {
  readonly verdict: 'verified' | 'consistent';
  readonly scope: Scope;
  readonly tenant: string;
  readonly tenantName: string;
  readonly exportedAt: string;
  /** Records checked, all of them. */
  readonly count: number;
  readonly from: number;
  readonly to: number;
  readonly head: Head;
}

/**
 * What is wrong, in the order in which it is looked for:
 * `json` not the shape the format demands; `hash` the payload's bytes are not those that were hashed;
 * `tenant` another tenant's record; `key` the line names another key than the payload; `hmac` the signature
 * does not fit; `canonical` not written as RFC 8785 has it; `seq` out of place, missing before or twice;
 * `prev` does not follow the record before; `head` the last record is not the manifest's head;
 * `manifest` the manifest contradicts itself.
 */
export type Flaw =
  'json' | 'hash' | 'tenant' | 'key' | 'hmac' | 'canonical' | 'seq' | 'prev' | 'head' | 'manifest';

export interface Broken {
  readonly verdict: 'broken';
  readonly what: Flaw;
  /** The ledger position at fault; null for the manifest, and for an unreadable row of a filtered export. */
  readonly seq: number | null;
  /** The export's line, from 1 (the manifest); null when records were not read from an export. */
  readonly line: number | null;
  /** Both for people, at most 80 characters each. */
  readonly expected: string;
  readonly found: string;
}

/** What was checked is sound, but not all of it could be: the manifest or the end is not there, or lines are too long. */
export interface Incomplete {
  readonly verdict: 'incomplete';
  /** `lines`: records that are longer than a verifier reads stand unchecked; what is behind them was checked. */
  readonly lacks: 'manifest' | 'records' | 'lines';
  /** The last whole record; null when the manifest is lacking, and for a filtered export. */
  readonly after: number | null;
  /** How many records are missing from the end; null when the manifest is lacking. */
  readonly missing: number | null;
  /** The export's lines that were too long to be read: the first hundred. */
  readonly unread: readonly number[];
}

/** Signed with a key that the given keys do not hold for that tenant. */
export interface UnknownKey {
  readonly verdict: 'unknown_key';
  readonly key: string;
  readonly tenant: string;
  readonly seq: number | null;
  readonly line: number | null;
}

export type Fault = Broken | UnknownKey;

/** What the whole export came to beside its first fault: a verifier reads on behind what it objects to. */
export interface Rest {
  /** Records that hold: their bytes, their signatures, their links to what stands before them. */
  readonly sound: number;
  /** Lines that were objected to, the first one included. */
  readonly faults: number;
  /** Records that are missing from the end. */
  readonly missing: number;
}

/** `rest` is null where the fault is the manifest's, behind which nothing can be checked. */
export type Verdict = Sound | Incomplete | (Fault & { readonly rest: Rest | null });

/** Where a verifier stands: the ledger position it expects (if it can know) and the export's line. */
export interface Place {
  readonly seq: number | null;
  readonly line: number | null;
}

const SHOWN_MAX = 80;

/** A `broken` verdict; what was expected and found are shown as text, cut to 80 characters. */
export function broken(what: Flaw, place: Place, expected: unknown, found: unknown): Broken {
  const { seq, line } = place;
  return { verdict: 'broken', what, seq, line, expected: shown(expected), found: shown(found) };
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX - 1)}…` : text;
}
