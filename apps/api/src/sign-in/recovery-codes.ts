/** Recovery codes: what a person writes down for the day their authenticator is gone. Shown once, kept as hashes. */
import { randomBytes } from 'node:crypto';
import { tokenHash } from '../auth/tokens.js';

const HOW_MANY = 10;
/** Crockford's base32: no letter that looks like a digit. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 16 characters are 80 random bits, so a plain hash can't be guessed. */
const LENGTH = 16;

/** `7K2M-9QXT-…` */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: HOW_MANY }, () =>
    Array.from(randomBytes(LENGTH), (byte) => ALPHABET[byte % 32])
      .join('')
      .replace(/(.{4})(?=.)/g, '$1-'),
  );

/** Read as people type it: any case, with or without dashes, O for 0, I and L for 1. */
export function normalCode(typed: string): string {
  return typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
}

export const recoveryCodeHash = (code: string): string => tokenHash(`recovery ${normalCode(code)}`);
