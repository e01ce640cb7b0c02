/**
 * The audit record: what is signed, and what travels.
 *
 * A record's payload is one canonical JSON string: the envelope's eight members beside the body's. Whoever
 * checks a record hashes that string's UTF-8 bytes and never writes the JSON anew.
 */

/** The kinds of record: a question with its decision, what came of it, a change by an administrator. */
export const RECORD_KINDS = ['evaluation', 'outcome', 'change'] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

/** Where a chain begins: the `prev` of record 1, and the hash of an empty ledger's head. */
export const GENESIS = '0'.repeat(64);

/**
 * The longest payload that is sealed, in bytes of UTF-8: a line of an export is at most twice that and some, well within
 * what every verifier reads. Whoever writes more must write a digest of it and keep the whole beside the record.
 */
export const PAYLOAD_BYTES_MAX = 1024 * 1024;

/** The members every payload has. */
export interface Envelope {
  /** Version of the format. */
  readonly v: 1;
  /** The tenant, a lower-case UUID. */
  readonly tenant: string;
  /** Position in the tenant's ledger: 1, 2, 3, without gaps. */
  readonly seq: number;
  /** The record's own UUID. */
  readonly id: string;
  /** When, ISO 8601 in UTC with milliseconds: `2026-11-21T12:11:00.000Z`. */
  readonly at: string;
  readonly kind: RecordKind;
  /** Id of the key that signed it. */
  readonly key: string;
  /** Hash of the record before, hex; GENESIS for the first. */
  readonly prev: string;
}

/** A record as it is stored and exported. */
export interface SealedRecord {
  /** The exact string that was signed. */
  readonly payload: string;
  /** SHA-256 of the payload's bytes, 64 lower-case hex digits. */
  readonly hash: string;
  /** HMAC-SHA256 of the payload's bytes under the tenant's key, 64 lower-case hex digits. */
  readonly hmac: string;
  /** Id of the key that signed it. */
  readonly key: string;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const HEX_64 = /^[0-9a-f]{64}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

export const isUuid = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);
export const isHash = (value: unknown): value is string => typeof value === 'string' && HEX_64.test(value);
export const isInstant = (value: unknown): value is string =>
  typeof value === 'string' && INSTANT.test(value);
export const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;

const MEMBERS: { readonly [name in keyof Envelope]: (value: unknown) => boolean } = {
  v: (value) => value === 1,
  tenant: isUuid,
  seq: (value) => isCount(value) && value > 0,
  id: isUuid,
  at: isInstant,
  kind: (value) => (RECORD_KINDS as readonly unknown[]).includes(value),
  key: (value) => typeof value === 'string' && value !== '',
  prev: isHash,
};

/** The names a body may not use. */
export const ENVELOPE_MEMBERS = Object.keys(MEMBERS) as readonly (keyof Envelope)[];

/** The first envelope member that is missing or malformed, or undefined if the value is an envelope. */
export function malformedMember(value: Readonly<Record<string, unknown>>): keyof Envelope | undefined {
  return ENVELOPE_MEMBERS.find((name) => !MEMBERS[name](value[name]));
}
