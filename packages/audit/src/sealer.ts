/**
 * Sealing: a record gets its place in the chain (prev, hash) and its signature (hmac).
 * It runs once per decision, so a tenant's key is prepared once, and a record costs one walk and two digests.
 */
import { hash } from 'node:crypto';
import { canonicalMember } from './canonical.js';
import { Hmac } from './hmac.js';
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
  const hmac = new Hmac(tenantKey);

  function seal({ seq, id, at, kind, prev, body }: RecordFields): JustSealed {
    for (const name of ENVELOPE_MEMBERS) {
      if (Object.hasOwn(body, name)) throw new RangeError(`A record's body may not have a member "${name}"`);
    }
    // In canonical order.
    const envelope = { at, id, key: keyId, kind, prev, seq, tenant, v: 1 } satisfies Envelope;
    const malformed = malformedMember(envelope);
    if (malformed) throw new RangeError(`A record's "${malformed}" is malformed`);
    const payload = sideBySide(envelope, body);
    const framed = hmac.frame(payload);
    const { bytes } = framed;
    if (bytes.length > PAYLOAD_BYTES_MAX)
      throw new RangeError(`A record's payload has ${bytes.length} bytes, more than ${PAYLOAD_BYTES_MAX}`);
    return { payload, bytes, hash: hash('sha256', bytes), hmac: hmac.sign(framed), key: keyId };
  }

  return { tenant, keyId, seal, sign: (text) => hmac.sign(hmac.frame(text)) };
}

/** The canonical text of an object with the members of both: made of theirs, because a spread of the two costs more. */
function sideBySide(envelope: Envelope, body: RecordFields['body']): string {
  const names = Object.keys(body).sort();
  let text = '';
  let next = 0;
  for (const [name, value] of Object.entries(envelope)) {
    for (; next < names.length && names[next]! < name; next++)
      text += `,${canonicalMember(names[next]!, body[names[next]!])}`;
    text += `,${canonicalMember(name, value)}`;
  }
  for (; next < names.length; next++) text += `,${canonicalMember(names[next]!, body[names[next]!])}`;
  return `{${text.slice(1)}}`;
}
