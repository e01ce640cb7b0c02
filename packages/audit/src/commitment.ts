/**
 * A salted commitment lets a record speak of personal data without holding it: destroy salt and data, and
 * the record still verifies but says nothing about the person any more.
 */
import { hash } from 'node:crypto';
import { canonical } from './canonical.js';

const SALT = /^(?:[0-9a-f]{2}){16,}$/;

/**
 * SHA-256 of the salt's bytes followed by the value's canonical JSON (RFC 8785): 64 lower-case hex digits.
 * `salt` is lower-case hex of at least 16 random bytes. Throws RangeError for another salt and
 * NotCanonicalError for a value that JSON cannot say.
 */
export function commit(salt: string, value: unknown): string {
  return commitText(salt, canonical(value));
}

/** The same for a value whose canonical JSON is at hand. */
export function commitText(salt: string, text: string): string {
  if (!SALT.test(salt)) throw new RangeError('A salt is lower-case hex of at least 16 bytes');
  const saltBytes = salt.length / 2;
  const bytes = Buffer.allocUnsafe(saltBytes + Buffer.byteLength(text));
  bytes.write(salt, 'hex');
  bytes.write(text, saltBytes);
  return hash('sha256', bytes);
}

/** Whether salt and value are the ones that the commitment was made of. Throws as `commit` does. */
export function opensCommitment(commitment: string, salt: string, value: unknown): boolean {
  return commit(salt, value) === commitment;
}
