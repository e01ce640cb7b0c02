/**
 * The keys that are not in the database: the keyring that seals records and the vault key that wraps personal data.
 * Each comes from its setting, else from its file in the data directory. A file is made only when whoever calls knows
 * that the database is empty (key-fingerprints.ts): a new key under an old id breaks what the old one sealed.
 */
import { hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseKeyring, type Keyring as Masters } from '@reeve/audit';
import type { Config } from '../infra/config.js';
import { objectionTo, parseVaultKey, type KeySetting } from '../infra/key-text.js';
import { secretFile } from './secret-file.js';

export interface Keys {
  readonly audit: Masters;
  readonly vault: Buffer;
}

/** Where one secret is kept. */
export interface KeySource {
  readonly setting: KeySetting;
  /** The setting when it is given, else the file's path. */
  readonly place: string;
  /** undefined when it is not there. */
  readonly text: string | undefined;
}

const FILES: { readonly [setting in KeySetting]: string } = {
  REEVE_AUDIT_KEYRING: 'audit-keyring.json',
  REEVE_VAULT_KEY: 'vault-key',
};
const FRESH: { readonly [setting in KeySetting]: () => string } = {
  REEVE_AUDIT_KEYRING: () => JSON.stringify({ current: 'k1', keys: { k1: drawn() } }, null, 2),
  REEVE_VAULT_KEY: () => drawn(),
};
const drawn = (): string => randomBytes(32).toString('base64');

export function keySource(config: Config, setting: KeySetting): KeySource {
  const given = setting === 'REEVE_VAULT_KEY' ? config.vaultKey : config.auditKeyring;
  if (given !== undefined) return { setting, place: setting, text: given };
  const place = join(config.dataDir, FILES[setting]);
  return { setting, place, text: existsSync(place) ? readFileSync(place, 'utf8') : undefined };
}

/** Makes what is not there. For an empty database only. */
export function makeKeys(config: Config): void {
  for (const setting of ['REEVE_AUDIT_KEYRING', 'REEVE_VAULT_KEY'] as const) {
    const { place, text } = keySource(config, setting);
    if (text === undefined) secretFile(place, FRESH[setting]);
  }
}

/** Throws, with a sentence that names the place, when a key is missing or can't be used. */
export function readKeys(config: Config): Keys {
  return {
    audit: parseKeyring(usable(config, 'REEVE_AUDIT_KEYRING')),
    vault: parseVaultKey(usable(config, 'REEVE_VAULT_KEY')),
  };
}

function usable(config: Config, setting: KeySetting): string {
  const { place, text } = keySource(config, setting);
  if (text === undefined) throw new Error(`${place} is missing`);
  const objection = objectionTo(setting, text, config.environment);
  if (objection !== null) throw new Error(`${place}: ${objection}`);
  return text;
}

/** By name (`vault`, `audit:<key id>`): 128 bits that tell keys apart and say nothing of them. */
export function fingerprintsOf({ audit, vault }: Keys): Map<string, string> {
  const named: [string, Uint8Array][] = [...audit.masters].map(([id, key]) => [`audit:${id}`, key]);
  return new Map([...named, ['vault', vault] as const].map(([name, key]) => [name, fingerprint(key)]));
}

export const fingerprint = (key: Uint8Array): string =>
  Buffer.from(hkdfSync('sha256', key, 'reeve-key-fingerprint', '', 16)).toString('hex');
