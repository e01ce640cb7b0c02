import { describe, expect, it } from 'vitest';
import { describeVerdict } from './describe-verdict.js';
import type { Verdict, Verified } from './verdict.js';

const verified: Verified = {
  verdict: 'verified',
  level: 'hmac',
  scope: 'range',
  tenant: '0b9d5c0e-8a53-4a53-9d6f-0f5f7c0c1b2a',
  tenantName: 'Airline',
  exportedAt: '2026-11-21T12:11:00.000Z',
  count: 1,
  from: 7,
  to: 7,
  head: { seq: 7, hash: 'ab' },
};
const tenant = verified.tenant;

describe('describeVerdict', () => {
  it.each<[Verdict, string]>([
    [
      verified,
      `Verified: 1 record, #7 to #7 of tenant "Airline" (${tenant}), against head #7 ab. Checked: every signature (HMAC) and the whole chain.`,
    ],
    [
      { ...verified, level: 'chain', count: 0, from: 1, to: 0 },
      `Verified: 0 records of tenant "Airline" (${tenant}), against head #7 ab. Checked: the hash chain only, as no key was given: this shows that the file agrees with itself, not who wrote it.`,
    ],
    [
      { ...verified, scope: 'rows', count: 3, from: 2, to: 9 },
      `Verified: 3 records between #2 and #9 of tenant "Airline" (${tenant}), ledger head at export #7 ab. Checked: every signature (HMAC) and every hash. The export was filtered: each row is checked, that no row is missing is not claimed.`,
    ],
    [
      { verdict: 'broken', what: 'hash', seq: null, line: 4, expected: 'aa', found: 'bb' },
      'Broken at line 4: its bytes are not those that were hashed. Expected "aa", found "bb".',
    ],
    [
      { verdict: 'broken', what: 'prev', seq: 4, line: null, expected: 'aa', found: 'bb' },
      'Broken at #4: it does not follow the record before it. Expected "aa", found "bb".',
    ],
    [
      { verdict: 'incomplete', lacks: 'records', after: 0, missing: 1 },
      'Incomplete: 1 record missing from the start. What is there is sound.',
    ],
    [
      { verdict: 'incomplete', lacks: 'records', after: null, missing: 2 },
      'Incomplete: 2 records missing. What is there is sound.',
    ],
    [
      { verdict: 'incomplete', lacks: 'manifest', after: null, missing: null },
      'Incomplete: the manifest, the first line of an export, is missing or cut.',
    ],
    [
      { verdict: 'unknown_key', key: 'k9', tenant, seq: 3, line: 4 },
      `Unknown key: #3 (line 4) is signed with key "k9" of tenant ${tenant}, which the given keys do not hold.`,
    ],
  ])('says %j', (verdict, sentence) => {
    expect(describeVerdict(verdict)).toBe(sentence);
  });

  it('never promises what a ledger cannot', () => {
    for (const level of ['hmac', 'chain'] as const) {
      expect(describeVerdict({ ...verified, level })).not.toMatch(/tamper.?proof/i);
    }
  });
});
