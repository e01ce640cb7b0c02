import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { circumstances, factsOf, NOW, policyDocument, request } from '../../cases/arbitrary.js';
import { asked, known, quotaKeyOf, spentOf } from '../../cases/situation.js';
import { decideAndMove } from '../pipeline.js';
import { StateMap, type States } from '../state/states.js';
import type { EvaluationRequest } from '../vocabulary.js';
import { quota } from './quota.js';
import { LONGEST_WINDOW_MS, quotaLog, quotaOfKey } from './quota/kind.js';

const refund: Partial<EvaluationRequest> = { resource: { type: 'tool', id: 'refund', properties: {} } };

test('a call spends one unit of every quota that counts it', () => {
  const { moved } = decideAndMove(asked(refund), known({ now: NOW }), [quota]);
  expect(moved).toMatchObject([
    { kind: quotaLog, key: quotaKeyOf('dangerous_in_total:tenant'), state: [[NOW, 1]] },
    { kind: quotaLog, key: quotaKeyOf('refunds_per_user:user/mia'), state: [[NOW, 1]] },
  ]);
});

test('a denial names the rule, what remains and when it resets', () => {
  const facts = known({
    state: spentOf({ 'refunds_per_user:user/mia': [[NOW - 1000, 3]] }),
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

const keysOf = (one: EvaluationRequest, { policy } = known()) =>
  quotaLog.keysOf(one, policy).map(({ text }) => text);

describe('its keys', () => {
  test('holds role quotas before anybody knows the roles', () => {
    const address = asked({ resource: { type: 'tool', id: 'change_address', properties: {} } });
    expect(keysOf(address)).toEqual(['addresses_by_agents:role:agent']);
  });

  test('is empty for what no quota counts', () => {
    expect(keysOf(asked({ resource: { type: 'tool', id: 'toString', properties: {} } }))).toEqual([]);
  });

  test('holds every key that a decision could spend from or look at', () => {
    let counted = 0;
    fc.assert(
      fc.property(policyDocument, request, circumstances, (document, one, rest) => {
        const facts = factsOf(document, rest);
        const looked: string[] = [];
        const state: States = {
          get: (kind, key) => {
            looked.push(key.text);
            return kind.empty;
          },
        };
        const { moves = [] } = quota.check(one, { ...facts, state });
        expect(keysOf(one, facts)).toEqual(
          expect.arrayContaining([...looked, ...moves.map(({ key }) => key.text)]),
        );
        counted += Number(looked.length > 0);
      }),
      { numRuns: 1000, seed: 20 },
    );
    expect(counted).toBeGreaterThan(100);
  });
});

test('no two subjects share a key', () => {
  const keyOf = (type: string, id: string) =>
    keysOf(asked({ ...refund, subject: { type, id, properties: {} } })).at(-1);
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
  expect(quotaOfKey('refunds_per_user')).toEqual({ quota: 'refunds_per_user', per: 'user', holder: '' });
  expect(quotaOfKey('q:assistant:a:b')).toEqual({ quota: 'q', per: 'assistant', holder: 'a:b' });
  expect(quotaOfKey('q:tenant')).toEqual({ quota: 'q', per: 'tenant', holder: '' });
});

test('in a batch each decision sees the spends of those before it', () => {
  const state = new StateMap();
  const effects = Array.from({ length: 5 }, () => {
    const { decision, moved } = decideAndMove(asked(refund), known({ now: NOW, state }), [quota]);
    state.take(moved);
    return decision.effect;
  });
  expect(effects).toEqual(['allow', 'allow', 'allow', 'deny', 'deny']);
  expect(state.get(quotaLog, quotaKeyOf('refunds_per_user:user/mia'))).toEqual([[NOW, 3]]);
  expect(state.get(quotaLog, quotaKeyOf('dangerous_in_total:tenant'))).toEqual([[NOW, 3]]);
});

test('a log that the store may forget is one that no quota counts: forgotten or not, the answer is the same', () => {
  const key = quotaKeyOf('refunds_per_user:user/mia');
  const log = [[NOW - LONGEST_WINDOW_MS, 3] as const];
  expect(quotaLog.expiresAt(log)).toBe(NOW);
  expect(quotaLog.expiresAt([])).toBeNull();
  const kept = decideAndMove(
    asked(refund),
    known({ now: NOW, state: new StateMap().set(quotaLog, key, log) }),
  );
  expect(kept).toEqual(decideAndMove(asked(refund), known({ now: NOW })));
});
