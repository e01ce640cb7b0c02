import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { tenantKey } from './tenant-key.js';
import { OTHER_TENANT, TENANT } from './testing/ledger.js';

const MASTER = Buffer.alloc(32, 1);

/** HKDF-SHA256 from its definition (RFC 5869, section 2), as an independent witness. */
function hkdf(ikm: Buffer, salt: Buffer, info: Buffer, length: number): Buffer {
  const prk = createHmac('sha256', salt).update(ikm).digest();
  let block: Buffer = Buffer.alloc(0);
  let okm: Buffer = Buffer.alloc(0);
  for (let i = 1; okm.length < length; i++) {
    block = createHmac('sha256', prk).update(block).update(info).update(Buffer.of(i)).digest();
    okm = Buffer.concat([okm, block]);
  }
  return okm.subarray(0, length);
}

describe('tenantKey', () => {
  it('has a witness that agrees with RFC 5869, appendix A.1', () => {
    const okm = hkdf(
      Buffer.alloc(22, 0x0b),
      Buffer.from('000102030405060708090a0b0c', 'hex'),
      Buffer.from('f0f1f2f3f4f5f6f7f8f9', 'hex'),
      42,
    );
    expect(okm.toString('hex')).toBe(
      '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
    );
  });

  it('is HKDF-SHA256 of the master, salted "reeve-audit", for the tenant', () => {
    expect(tenantKey(MASTER, TENANT)).toEqual(
      hkdf(MASTER, Buffer.from('reeve-audit'), Buffer.from(TENANT), 32),
    );
  });

  it("gives each tenant its own key, and none to a name that is not a tenant's", () => {
    expect(tenantKey(MASTER, TENANT)).not.toEqual(tenantKey(MASTER, OTHER_TENANT));
    for (const name of ['', 'airline', TENANT.toUpperCase()])
      expect(() => tenantKey(MASTER, name)).toThrow(RangeError);
  });

  it('refuses a master of another length', () => {
    expect(() => tenantKey(MASTER.subarray(1), TENANT)).toThrow('A master key has 32 bytes, not 31');
  });
});
