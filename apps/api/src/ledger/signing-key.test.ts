import { createHash, createPublicKey } from 'node:crypto';
import { expect, test } from 'vitest';
import { signJwt } from './sign-jwt.js';
import { signingKey } from './signing-key.js';

const master = createHash('sha256').update('a master of a test').digest();

test('one master has one key, another master another, and neither shows it', () => {
  const key = signingKey(master);
  expect(signingKey(master).jwk).toEqual(key.jwk);
  expect(signingKey(createHash('sha256').update('another').digest()).jwk.kid).not.toBe(key.jwk.kid);
  expect(Object.keys(key.jwk)).not.toContain('d');
  expect(createPublicKey(key.privateKey).export({ format: 'jwk' })).toMatchObject({
    x: key.jwk.x,
    y: key.jwk.y,
  });
});

test('what it signs is a JWS that WebCrypto verifies with the published key, and nothing else', async () => {
  const key = signingKey(master);
  const jwt = signJwt(key, { iss: 'https://pdp.example.com', iat: 1 });
  const [header, claims, signature] = jwt.split('.') as [string, string, string];
  expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({
    alg: 'ES256',
    typ: 'JWT',
    kid: key.jwk.kid,
  });
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toEqual({
    iss: 'https://pdp.example.com',
    iat: 1,
  });
  const { subtle } = globalThis.crypto;
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const published = await subtle.importKey('jwk', { ...key.jwk }, algorithm, false, ['verify']);
  const verified = (text: string) =>
    subtle.verify(algorithm, published, Buffer.from(signature, 'base64url'), Buffer.from(text));
  expect(await verified(`${header}.${claims}`)).toBe(true);
  expect(await verified(`${header}.${claims}x`)).toBe(false);
});
