import { describe, expect, it } from 'vitest';
import {
  deriveTenantKeys,
  findKey,
  formatTenantKeys,
  KeyFileError,
  parseKeyFile,
  parseKeyring,
  parseTenantKeys,
} from './keyring.js';
import { tenantKey } from './tenant-key.js';
import { OTHER_TENANT, TENANT } from './testing/ledger.js';

const K1 = Buffer.alloc(32, 1);
const K2 = Buffer.alloc(32, 2);
const KEYRING = JSON.stringify({
  current: 'k2',
  keys: { k1: K1.toString('base64'), k2: K2.toString('base64') },
});

describe('a keyring', () => {
  it('reads as masters by id, with the one that signs', () => {
    expect(parseKeyring(KEYRING)).toEqual({
      current: 'k2',
      masters: new Map([
        ['k1', K1],
        ['k2', K2],
      ]),
    });
  });

  it('finds the key of any tenant, from before a rotation too', () => {
    const keyring = parseKeyring(KEYRING);
    expect(findKey(keyring, TENANT, 'k1')).toEqual(tenantKey(K1, TENANT));
    expect(findKey(keyring, OTHER_TENANT, 'k2')).toEqual(tenantKey(K2, OTHER_TENANT));
    expect(findKey(keyring, TENANT, 'k3')).toBeUndefined();
  });

  it('hands out one tenant, whose file reads back and opens nothing else', () => {
    const keys = parseTenantKeys(formatTenantKeys(deriveTenantKeys(parseKeyring(KEYRING), TENANT)));
    expect(findKey(keys, TENANT, 'k1')).toEqual(tenantKey(K1, TENANT));
    expect(findKey(keys, TENANT, 'k2')).toEqual(tenantKey(K2, TENANT));
    expect(findKey(keys, OTHER_TENANT, 'k2')).toBeUndefined();
  });

  it('is told from a tenant key file by its shape', () => {
    expect(parseKeyFile(KEYRING)).toHaveProperty('masters');
    expect(parseKeyFile(JSON.stringify({ tenant: TENANT, keys: {} }))).toHaveProperty('tenant', TENANT);
  });

  it.each([
    ['not JSON', '{', 'it is not JSON'],
    ['a list', '[]', 'it must be a JSON object'],
    ['no current', '{"keys":{}}', '"current" must name a key'],
    ['an unknown current', '{"current":"k1","keys":{}}', '"current" names a key that is not in "keys"'],
    ['no keys', '{"current":"k1"}', '"keys" must map key ids to keys'],
    ['a short key', '{"current":"k1","keys":{"k1":"AAAA"}}', 'key "k1" must be the base64 of 32 bytes'],
    [
      'sloppy base64',
      JSON.stringify({ current: 'k1', keys: { k1: `${K1.toString('base64')}\n` } }),
      'key "k1" must be the base64 of 32 bytes',
    ],
    ['a key that is no text', '{"current":"k1","keys":{"k1":7}}', 'key "k1" must be the base64 of 32 bytes'],
    ['a tenant that is no UUID', '{"tenant":"airline","keys":{}}', '"tenant" must be a UUID in lower case'],
  ])('with %s is refused', (_what, text, message) => {
    expect(() => parseKeyFile(text)).toThrow(new KeyFileError(message));
  });
});
