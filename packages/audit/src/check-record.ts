/**
 * Is this record what was recorded? One record on its own: its bytes, whose it is, who signed it.
 *
 * The order of checks is the order of usefulness: damaged bytes are called damaged before anyone wonders what
 * they say, and another tenant's record is called that before its signature fails to fit.
 */
import type { Digests } from './digests.js';
import { isCanonical } from './is-canonical.js';
import { readObject } from './json.js';
import { type Envelope, malformedMember, type SealedRecord } from './record.js';
import { broken, type Fault, type Place } from './verdict.js';

export function checkRecord(
  record: SealedRecord,
  tenant: string,
  digests: Digests,
  place: Place,
): Envelope | Fault {
  const { payload, hash, hmac, key } = record;

  const actual = digests.sha256(payload);
  if (actual !== hash) return broken('hash', place, hash, actual);

  const value = readObject(payload);
  if (!value) return broken('json', place, 'a JSON object as payload', payload);
  const malformed = malformedMember(value);
  if (malformed) return broken('json', place, `a well-formed "${malformed}"`, value[malformed]);
  const envelope = value as unknown as Envelope;
  const here = { ...place, seq: place.seq ?? envelope.seq };

  if (envelope.tenant !== tenant) return broken('tenant', here, tenant, envelope.tenant);
  if (envelope.key !== key) return broken('key', here, envelope.key, key);

  if (digests.mac) {
    const mac = digests.mac(tenant, key);
    if (!mac) return { verdict: 'unknown_key', key, tenant, ...here };
    // Compared plainly: the verifier holds the key, so there is nobody to time it.
    if (mac(payload) !== hmac) return broken('hmac', here, `the signature of key "${key}"`, hmac);
  }

  if (!isCanonical(payload, value)) return broken('canonical', here, 'canonical JSON (RFC 8785)', payload);
  return envelope;
}
