/**
 * The key pair that signs what the deployment says in public. Derived from a master of the keyring, so that every host
 * has the same one, its fingerprint is kept, it is backed up and it is rotated, all with the keyring: docs/adr/0024.
 */
import { createECDH, createHash, createPrivateKey, hkdfSync, type KeyObject } from 'node:crypto';

export interface SigningKey {
  readonly privateKey: KeyObject;
  readonly jwk: PublicJwk;
}

/** RFC 7517 and 7518, 6.2; `kid` is the thumbprint (RFC 7638). */
export interface PublicJwk {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
  readonly use: 'sig';
  readonly alg: 'ES256';
  readonly kid: string;
}

/** The order of P-256 (FIPS 186-5). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
/** 64 bits more than the order has: what is left of them is as good as drawn (FIPS 186-5, A.2.1). */
const DERIVED_BYTES = 40;

export function signingKey(master: Uint8Array): SigningKey {
  const derived = Buffer.from(hkdfSync('sha256', master, 'reeve-signing', 'ES256', DERIVED_BYTES));
  const scalar = (BigInt(`0x${derived.toString('hex')}`) % (ORDER - 1n)) + 1n;
  const d = Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex');
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(d);
  const point = pair.getPublicKey();
  const x = point.subarray(1, 33).toString('base64url');
  const y = point.subarray(33).toString('base64url');
  const key = { kty: 'EC', crv: 'P-256', x, y } as const;
  const privateKey = createPrivateKey({ key: { ...key, d: d.toString('base64url') }, format: 'jwk' });
  return { privateKey, jwk: { ...key, use: 'sig', alg: 'ES256', kid: thumbprint(x, y) } };
}

/** RFC 7638: the required members in the order of their names. */
const thumbprint = (x: string, y: string): string =>
  createHash('sha256')
    .update(JSON.stringify({ crv: 'P-256', kty: 'EC', x, y }))
    .digest('base64url');
