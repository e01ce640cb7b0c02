import { hash } from 'node:crypto';
import type { Digest, Digests } from './digests.js';
import { Hmac } from './hmac.js';
import { findKey, type Keyring, type TenantKeys } from './keyring.js';

const sha256: Digest = (text) => hash('sha256', text);

/** Node's digests; with keys, signatures can be checked, each key prepared once. */
export function nodeDigests(keys?: Keyring | TenantKeys): Digests {
  if (!keys) return { sha256 };
  const prepared = new Map<string, Digest | undefined>();

  function mac(tenant: string, keyId: string): Digest | undefined {
    const name = `${tenant} ${keyId}`;
    if (!prepared.has(name)) prepared.set(name, prepare(findKey(keys!, tenant, keyId)));
    return prepared.get(name);
  }

  return { sha256, mac };
}

function prepare(bytes: Uint8Array | undefined): Digest | undefined {
  if (!bytes) return undefined;
  const hmac = new Hmac(bytes);
  return (text) => hmac.sign(hmac.frame(text));
}
