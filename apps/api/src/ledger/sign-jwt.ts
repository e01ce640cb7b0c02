/** Claims as a JSON Web Token (RFC 7519) in the compact form of JWS (RFC 7515), signed with ES256. */
import { sign } from 'node:crypto';
import type { SigningKey } from './signing-key.js';

export function signJwt({ privateKey, jwk }: SigningKey, claims: object): string {
  const signed = [{ alg: jwk.alg, typ: 'JWT', kid: jwk.kid }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  // JWA has the two numbers side by side, not in DER (RFC 7518, 3.4).
  const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `${signed}.${signature.toString('base64url')}`;
}
