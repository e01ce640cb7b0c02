/** Keys as text: what REEVE_AUDIT_KEYRING and REEVE_VAULT_KEY hold, and the files that stand in for them. */
import { parseKeyring } from '@reeve/audit';
import { weakness } from './weak-key.js';

const KEY_BYTES = 32;

/** Throws when it is not the base64 of 32 bytes; the message never quotes it. */
export function parseVaultKey(text: string): Buffer {
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== KEY_BYTES || key.toString('base64') !== text.trim())
    throw new Error(`it must be the base64 of ${KEY_BYTES} bytes`);
  return key;
}

const KEYS_IN = {
  REEVE_AUDIT_KEYRING: (text: string) => [...parseKeyring(text).masters.values()],
  REEVE_VAULT_KEY: (text: string) => [parseVaultKey(text)],
};
export type KeySetting = keyof typeof KEYS_IN;

/** The objection to it; null when it can be used. Production also refuses what was typed instead of drawn. */
export function objectionTo(setting: KeySetting, text: string, environment: string): string | null {
  try {
    const why = KEYS_IN[setting](text)
      .map(weakness)
      .find((found) => found !== null);
    if (environment !== 'production' || why === undefined) return null;
    return `production refuses a key that can be guessed (${why}): draw one with openssl rand -base64 32`;
  } catch (error) {
    return (error as Error).message;
  }
}
