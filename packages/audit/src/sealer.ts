/**
 * Sealing: a record gets its place in the chain (prev, hash) and its signature (hmac).
 * It runs once per decision, so a tenant's key is prepared once, and a record costs one walk and two digests.
 */
import { createHmac, createSecretKey, hash } from 'node:crypto';
import { canonical } from './canonical.js';
import {
  type Envelope,
  ENVELOPE_MEMBERS,
  malformedMember,
  PAYLOAD_BYTES_MAX,
  type SealedRecord,
} from './record.js';

/** What a record says, without what the sealer knows. */
export interface RecordFields extends Pick<Envelope, 'seq' | 'id' | 'at' | 'kind' | 'prev'> {
  /** The members that depend on the kind: any JSON under names the envelope does not use. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** A record and the very bytes that were signed, for those who store them. */
export interface JustSealed extends SealedRecord {
  /** The payload in UTF-8. */
  readonly bytes: Buffer;
}

/** One tenant's signing hand. It keeps no state between records: the ledger knows `seq` and `prev`. */
export interface Sealer {
  readonly tenant: string;
  readonly keyId: string;
  /**
   * Seals one record. Throws NotCanonicalError (with the path) for a body that JSON cannot say, and
   * RangeError for a malformed envelope member, for a body that uses an envelope member's name, and for a payload of
   * more than PAYLOAD_BYTES_MAX.
   */
  seal(fields: RecordFields): JustSealed;
  /** HMAC-SHA256 (RFC 2104) of bytes, a text's in UTF-8; 64 lower-case hex digits. */
  sign(text: string | Uint8Array): string;
}

/** Prepares a sealer from the tenant's derived 32-byte key, that key's id and the tenant's UUID. */
export function createSealer(tenantKey: Uint8Array, keyId: string, tenant: string): Sealer {
  const key = createSecretKey(tenantKey);
  const sign = (text: string | Uint8Array) => createHmac('sha256', key).update(text).digest('hex');

  function seal({ seq, id, at, kind, prev, body }: RecordFields): JustSealed {
    for (const name of ENVELOPE_MEMBERS) {
      if (Object.hasOwn(body, name)) throw new RangeError(`A record's body may not have a member "${name}"`);
    }
    // The envelope first: members added after a large spread cost V8 thirty times as much.
    const record = { v: 1, tenant, seq, id, at, kind, key: keyId, prev, ...body };
    const malformed = malformedMember(record);
    if (malformed) throw new RangeError(`A record's "${malformed}" is malformed`);
    const payload = canonical(record);
    const bytes = Buffer.from(payload);
    if (bytes.length > PAYLOAD_BYTES_MAX)
      throw new RangeError(`A record's payload has ${bytes.length} bytes, more than ${PAYLOAD_BYTES_MAX}`);
    return { payload, bytes, hash: hash('sha256', bytes), hmac: sign(bytes), key: keyId };
  }

  return { tenant, keyId, seal, sign };
}
