import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical, NotCanonicalError } from './canonical.js';
import { commit, opensCommitment } from './commitment.js';

const SALT = '00112233445566778899aabbccddeeff';

describe('commit', () => {
  it('is SHA-256 of the salt bytes and the canonical JSON', () => {
    const bytes = Buffer.concat([Buffer.from(SALT, 'hex'), Buffer.from('{"a":"é","b":1}')]);
    expect(commit(SALT, { b: 1, a: 'é' })).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('opens with its own salt and value, and with no other', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (value, other) => {
        const commitment = commit(SALT, value);
        expect(opensCommitment(commitment, SALT, value)).toBe(true);
        expect(opensCommitment(commitment, SALT.replace('ff', 'fe'), value)).toBe(false);
        expect(opensCommitment(commitment, SALT, other)).toBe(canonical(other) === canonical(value));
      }),
    );
  });

  it.each(['', '0011', `${SALT}0`, SALT.toUpperCase(), 'x'.repeat(32)])('refuses the salt %j', (salt) => {
    expect(() => commit(salt, 1)).toThrow(RangeError);
  });

  it('refuses what JSON cannot say', () => {
    expect(() => commit(SALT, { a: undefined })).toThrow(NotCanonicalError);
  });
});
