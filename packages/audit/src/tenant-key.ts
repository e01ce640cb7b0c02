/**
 * One key per tenant, derived from one master: an auditor of one tenant can be handed that tenant's key
 * alone, and it proves nothing about another tenant's records.
 */
import { hkdfSync } from 'node:crypto';
import { isUuid } from './record.js';

/** Length of master and tenant keys. */
export const KEY_BYTES = 32;

/**
 * The tenant's key: HKDF-SHA256 (RFC 5869) of the 32-byte master, salt `reeve-audit`, info the tenant's UUID
 * in lower case, 32 bytes. Throws RangeError if the master or the UUID has another shape.
 */
export function tenantKey(master: Uint8Array, tenant: string): Buffer {
  if (master.length !== KEY_BYTES)
    throw new RangeError(`A master key has ${KEY_BYTES} bytes, not ${master.length}`);
  if (!isUuid(tenant)) throw new RangeError('A tenant is named by a UUID in lower case');
  return Buffer.from(hkdfSync('sha256', master, 'reeve-audit', tenant, KEY_BYTES));
}
