/**
 * The two key files. The *keyring* holds the masters and never leaves the server; the *tenant key file* holds
 * one tenant's derived keys and is what an auditor is given. Both are JSON and belong in files of mode 0600.
 */
import { isUuid } from './record.js';
import { KEY_BYTES, tenantKey } from './tenant-key.js';

/** The masters by key id, old ones included; `current` signs. */
export interface Keyring {
  readonly current: string;
  readonly masters: ReadonlyMap<string, Uint8Array>;
}

/** One tenant's derived keys by key id. */
export interface TenantKeys {
  readonly tenant: string;
  readonly keys: ReadonlyMap<string, Uint8Array>;
}

/** A key file that cannot be used; the message says what is wrong and never quotes a key. */
export class KeyFileError extends Error {
  override readonly name = 'KeyFileError';
}

/** Reads `{ "current": "k1", "keys": { "k1": <base64 of 32 bytes> } }`. Throws KeyFileError. */
export function parseKeyring(text: string): Keyring {
  const { current, keys } = readObject(text);
  const masters = readKeys(keys);
  if (typeof current !== 'string') throw new KeyFileError('"current" must name a key');
  if (!masters.has(current)) throw new KeyFileError('"current" names a key that is not in "keys"');
  return { current, masters };
}

/** Reads `{ "tenant": <uuid>, "keys": { "k1": <base64 of 32 bytes> } }`. Throws KeyFileError. */
export function parseTenantKeys(text: string): TenantKeys {
  const { tenant, keys } = readObject(text);
  if (!isUuid(tenant)) throw new KeyFileError('"tenant" must be a UUID in lower case');
  return { tenant, keys: readKeys(keys) };
}

/** Reads either file: the one with a "tenant" is a tenant key file. Throws KeyFileError. */
export function parseKeyFile(text: string): Keyring | TenantKeys {
  return 'tenant' in readObject(text) ? parseTenantKeys(text) : parseKeyring(text);
}

/** Derives one tenant's key from every master, so that records from before a rotation verify too. */
export function deriveTenantKeys(keyring: Keyring, tenant: string): TenantKeys {
  return {
    tenant,
    keys: new Map([...keyring.masters].map(([id, master]) => [id, tenantKey(master, tenant)])),
  };
}

/** The text of a tenant key file. */
export function formatTenantKeys({ tenant, keys }: TenantKeys): string {
  const encoded = Object.fromEntries([...keys].map(([id, key]) => [id, Buffer.from(key).toString('base64')]));
  return `${JSON.stringify({ tenant, keys: encoded }, null, 2)}\n`;
}

/** The key that signed for this tenant under this id, or undefined if these keys do not have it. */
export function findKey(keys: Keyring | TenantKeys, tenant: string, id: string): Uint8Array | undefined {
  if ('tenant' in keys) return keys.tenant === tenant ? keys.keys.get(id) : undefined;
  const master = keys.masters.get(id);
  return master && tenantKey(master, tenant);
}

function readObject(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new KeyFileError('it is not JSON');
  }
  if (!isObject(value)) throw new KeyFileError('it must be a JSON object');
  return value;
}

function readKeys(value: unknown): Map<string, Uint8Array> {
  if (!isObject(value)) throw new KeyFileError('"keys" must map key ids to keys');
  return new Map(Object.entries(value).map(([id, encoded]) => [id, readKey(id, encoded)]));
}

/** Node reads base64 leniently; a key that does not survive the way back was mistyped. */
function readKey(id: string, encoded: unknown): Uint8Array {
  const key = Buffer.from(typeof encoded === 'string' ? encoded : '', 'base64');
  if (id === '' || key.length !== KEY_BYTES || key.toString('base64') !== encoded) {
    throw new KeyFileError(`key ${JSON.stringify(id)} must be the base64 of ${KEY_BYTES} bytes`);
  }
  return key;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
