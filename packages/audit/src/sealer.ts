/**
 * Sealing: a record gets its place in the chain (prev, hash) and its signature (hmac).
 * It runs once per decision, so a tenant's key is prepared once, and a record costs one walk and two digests.
 */
import { createHmac, createSecretKey, hash } from 'node:crypto';
import { canonical } from './canonical.js';
import { type Envelope, ENVELOPE_MEMBERS, malformedMember, type SealedRecord } from './record.js';

/** What a record says, without what the sealer knows. */
export interface RecordFields extends Pick<Envelope, 'seq' | 'id' | 'at' | 'kind' | 'prev'> {
  /** The members that depend on the kind: any JSON under names the envelope does not use. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** One tenant's signing hand. It keeps no state between records: the ledger knows `seq` and `prev`. */
export interface Sealer {
  readonly tenant: string;
  readonly keyId: string;
  /**
   * Seals one record. Throws NotCanonicalError (with the path) for a body that JSON cannot say, and
   * RangeError for a malformed envelope member or a body that uses an envelope member's name.
   */
  seal(fields: RecordFields): SealedRecord;
  /** HMAC-SHA256 (RFC 2104) of the text's UTF-8 bytes, 64 lower-case hex digits. */
  sign(text: string): string;
}

/** Prepares a sealer from the tenant's derived 32-byte key, that key's id and the tenant's UUID. */
export function createSealer(tenantKey: Uint8Array, keyId: string, tenant: string): Sealer {
  const key = createSecretKey(tenantKey);
  const sign = (text: string) => createHmac('sha256', key).update(text).digest('hex');

  function seal({ seq, id, at, kind, prev, body }: RecordFields): SealedRecord {
    for (const name of ENVELOPE_MEMBERS) {
      if (Object.hasOwn(body, name)) throw new RangeError(`A record's body may not have a member "${name}"`);
    }
    // The envelope first: members added after a large spread cost V8 thirty times as much.
    const record = { v: 1, tenant, seq, id, at, kind, key: keyId, prev, ...body };
    const malformed = malformedMember(record);
    if (malformed) throw new RangeError(`A record's "${malformed}" is malformed`);
    const payload = canonical(record);
    return { payload, hash: hash('sha256', payload), hmac: sign(payload), key: keyId };
  }

  return { tenant, keyId, seal, sign };
}

/** Seals one record without keeping the sealer; for a stream of records, make one with createSealer. */
export function sealRecord(
  signer: { readonly tenantKey: Uint8Array; readonly keyId: string; readonly tenant: string },
  fields: RecordFields,
): SealedRecord {
  return createSealer(signer.tenantKey, signer.keyId, signer.tenant).seal(fields);
}
