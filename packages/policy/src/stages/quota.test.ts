import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { circumstances, factsOf, NOW, policyDocument, request } from '../../cases/arbitrary.js';
import { asked, known } from '../../cases/situation.js';
import type { EvaluationRequest, QuotaLog } from '../vocabulary.js';
import { applySpends, quota, quotaKeys, quotaOfKey } from './quota.js';

const refund: Partial<EvaluationRequest> = { resource: { type: 'tool', id: 'refund', properties: {} } };

test('a call spends one unit of every quota that counts it', () => {
  expect(quota.check(asked(refund), known())).toEqual({
    effect: 'pass',
    spends: [
      { key: 'dangerous_in_total:tenant', quota: 'dangerous_in_total', limit: 5, windowMs: 86_400_000 },
      { key: 'refunds_per_user:user/mia', quota: 'refunds_per_user', limit: 3, windowMs: 3_600_000 },
    ],
  });
});

test('a denial names the rule, what remains and when it resets', () => {
  const facts = known({
    quotaUse: new Map([['refunds_per_user:user/mia', [[NOW - 1000, 3]] as QuotaLog]]),
    now: NOW,
  });
  expect(quota.check(asked(refund), facts)).toEqual({
    effect: 'deny',
    reason: 'quota_exceeded',
    detail: {
      quota: 'refunds_per_user',
      limit: 3,
      windowSeconds: 3600,
      remaining: 0,
      resetsAt: '2026-01-01T00:59:59.000Z',
    },
  });
});

describe('quotaKeys', () => {
  test('holds role quotas before anybody knows the roles', () => {
    const address = asked({ resource: { type: 'tool', id: 'change_address', properties: {} } });
    expect(quotaKeys(address, known().policy)).toEqual(['addresses_by_agents:agent']);
  });

  test('is empty for what no quota counts', () => {
    expect(
      quotaKeys(asked({ resource: { type: 'tool', id: 'toString', properties: {} } }), known().policy),
    ).toEqual([]);
  });

  test('holds every key that a decision could spend from or look at', () => {
    let counted = 0;
    fc.assert(
      fc.property(policyDocument, request, circumstances, (document, one, rest) => {
        const facts = factsOf(document, rest);
        const looked: string[] = [];
        const quotaUse = { get: (key: string) => void looked.push(key) } as unknown as ReadonlyMap<
          string,
          QuotaLog
        >;
        const finding = quota.check(one, { ...facts, quotaUse });
        const spends = finding.effect === 'pass' ? (finding.spends ?? []).map(({ key }) => key) : [];
        expect(quotaKeys(one, facts.policy)).toEqual(expect.arrayContaining([...looked, ...spends]));
        counted += Number(looked.length > 0);
      }),
      { numRuns: 1000, seed: 20 },
    );
    expect(counted).toBeGreaterThan(100);
  });
});

test('no two subjects share a key', () => {
  const keyOf = (type: string, id: string) =>
    quotaKeys(asked({ ...refund, subject: { type, id, properties: {} } }), known().policy).at(-1);
  expect(keyOf('user', 'a/b')).not.toBe(keyOf('user/a', 'b'));
  const part = fc.string({ unit: fc.constantFrom('a', '/', '~', '0', '1', ':'), minLength: 1, maxLength: 3 });
  const pair = fc.tuple(part, part);
  fc.assert(
    fc.property(pair, pair, (a, b) => {
      expect(keyOf(...a) === keyOf(...b)).toBe(a[0] === b[0] && a[1] === b[1]);
    }),
    { numRuns: 5_000, seed: 10 },
  );
});

test('a key says which quota and which holder', () => {
  expect(quotaOfKey('refunds_per_user:user/a:b')).toEqual({ quota: 'refunds_per_user', holder: 'user/a:b' });
});

test('in a batch each decision sees the spends of those before it', () => {
  const use = new Map<string, QuotaLog>();
  const facts = known({ now: NOW, quotaUse: use });
  const effects = Array.from({ length: 5 }, () => {
    const finding = quota.check(asked(refund), facts);
    if (finding.effect === 'pass') applySpends(use, finding.spends ?? [], NOW);
    return finding.effect;
  });
  expect(effects).toEqual(['pass', 'pass', 'pass', 'deny', 'deny']);
  expect(use.get('refunds_per_user:user/mia')).toEqual([[NOW, 3]]);
  expect(use.get('dangerous_in_total:tenant')).toEqual([[NOW, 3]]);
});
