import { describe, expect, it } from 'vitest';
import { describeVerdict } from './describe-verdict.js';
import type { Rest, Sound, Verdict } from './verdict.js';

const rest: Rest = { sound: 8, faults: 1, missing: 0 };
const verified: Sound = {
  verdict: 'verified',
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
      { ...verified, verdict: 'consistent', count: 0, from: 1, to: 0 },
      `Consistent: 0 records of tenant "Airline" (${tenant}), against head #7 ab. Checked: the hash chain only, as no key was given: this shows that the file agrees with itself, not who wrote it.`,
    ],
    [
      { ...verified, scope: 'rows', count: 3, from: 2, to: 9 },
      `Verified: 3 records between #2 and #9 of tenant "Airline" (${tenant}), ledger head at export #7 ab. Checked: every signature (HMAC) and every hash. The export was filtered: each row is checked, that no row is missing is not claimed.`,
    ],
    [
      { verdict: 'broken', what: 'hash', seq: null, line: 4, expected: 'aa', found: 'bb', rest },
      'Broken at line 4: its bytes are not those that were hashed. Expected "aa", found "bb". Nothing else is at fault; 8 records hold.',
    ],
    [
      {
        verdict: 'broken',
        what: 'prev',
        seq: 4,
        line: null,
        expected: 'aa',
        found: 'bb',
        rest: { sound: 1, faults: 3, missing: 2 },
      },
      'Broken at #4: it does not follow the record before it. Expected "aa", found "bb". 3 lines are at fault in all; 1 record holds, 2 missing from the end.',
    ],
    [
      { verdict: 'incomplete', lacks: 'records', after: 0, missing: 1, unread: [] },
      'Incomplete: 1 record missing from the start. What was read is sound.',
    ],
    [
      { verdict: 'incomplete', lacks: 'records', after: null, missing: 2, unread: [7] },
      'Incomplete: 2 records missing; line 7 longer than this verifier reads, so not checked. What was read is sound.',
    ],
    [
      { verdict: 'incomplete', lacks: 'lines', after: 9, missing: 0, unread: [2, 3, 4, 5, 6, 7] },
      'Incomplete: lines 2, 3, 4, 5, 6 and more longer than this verifier reads, so not checked. What was read is sound.',
    ],
    [
      { verdict: 'incomplete', lacks: 'manifest', after: null, missing: null, unread: [] },
      'Incomplete: the manifest, the first line of an export, is missing or cut.',
    ],
    [
      { verdict: 'unknown_key', key: 'k9', tenant, seq: 3, line: 4, rest: null },
      `Unknown key: #3 (line 4) is signed with key "k9" of tenant ${tenant}, which the given keys do not hold.`,
    ],
  ])('says %j', (verdict, sentence) => {
    expect(describeVerdict(verdict)).toBe(sentence);
  });

  it('never promises what a ledger cannot', () => {
    for (const verdict of ['verified', 'consistent'] as const) {
      expect(describeVerdict({ ...verified, verdict })).not.toMatch(/tamper.?proof/i);
    }
  });
});
