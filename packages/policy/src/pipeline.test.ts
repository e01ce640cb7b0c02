import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cell, factsOf, guardrail, killSwitch, likelySituation, situation } from '../cases/arbitrary.js';
import { toRequest } from './contract/evaluation.js';
import { PASS, deny, passIn, passMoving, type Finding } from './finding.js';
import { compilePolicy } from './document/compile.js';
import { decide, decideAndMove, PIPELINE } from './pipeline.js';
import type { Facts, Stage } from './stage.js';
import { stateKey, type Kind } from './state/kind.js';
import type { Move } from './state/move.js';
import { StateMap } from './state/states.js';
import { EMPTY_POLICY, type PolicyDocument } from './document/policy-document.js';
import { applyEdits } from './document/edits.js';

const someRequest = toRequest(
  {
    subject: { type: 'user', id: 'mia' },
    action: { name: 'tools/call' },
    resource: { type: 'tool', id: 'find' },
  },
  { keyAssistants: [] },
);
const facts: Facts = {
  id: 'evaluation',
  now: 0,
  caller: { id: 'key', assistants: [] },
  subject: null,
  switches: [],
  policy: compilePolicy(EMPTY_POLICY),
  state: new StateMap(),
};
const stage = (name: string, check: Stage['check']): Stage => ({ name, question: 'Really?', check });
/** Counts, for the test. */
const counter: Kind<number> = {
  name: 'counter',
  empty: 0,
  read: Number,
  write: String,
  keysOf: () => [],
  expiresAt: () => null,
  notAfter: (count) => count,
};
const count = (name: string, when: Move['when']): Move<number> => ({
  kind: counter,
  key: stateKey(name),
  when,
  apply: (before) => before + 1,
});
const movedIn = (stages: readonly Stage[]) =>
  decideAndMove(someRequest, facts, stages).moved.map(({ kind, key, state }) => [kind.name, key.name, state]);

test('the stages, in this order', () => {
  expect(PIPELINE.map(({ name }) => name)).toEqual([
    'identity',
    'kill-switch',
    'assistant',
    'arguments',
    'permission',
    'quota',
  ]);
});

test('what no stage objects to is allowed, and moves all that any stage would move', () => {
  const stages = [
    stage('a', () => passMoving([count('x', 'allowed'), count('y', 'always')])),
    stage('b', () => PASS),
    stage('c', () => passMoving([count('x', 'allowed')])),
  ];
  expect(decide(someRequest, facts, stages)).toEqual({
    effect: 'allow',
    reason: 'allowed',
    detail: {},
    mode: 'normal',
    trail: ['a', 'b', 'c'].map((name) => ({ stage: name, effect: 'pass' })),
  });
  expect(movedIn(stages)).toEqual([
    ['counter', 'x', 2],
    ['counter', 'y', 1],
  ]);
});

test('the first objection is the answer: nobody after it is asked, and only what always moves does', () => {
  const objection: Finding = { ...deny('no_grant', { tool: 't' }), moves: [count('z', 'always')] };
  const stages = [
    stage('a', () => passMoving([count('x', 'allowed'), count('y', 'always')])),
    stage('b', () => objection),
    stage('c', () => expect.unreachable()),
  ];
  const decision = decide(someRequest, facts, stages);
  expect(decision).toMatchObject({ effect: 'deny', reason: 'no_grant', detail: { tool: 't' } });
  expect(decision.trail.map((entry) => entry.stage)).toEqual(['a', 'b']);
  expect(movedIn(stages)).toEqual([
    ['counter', 'y', 1],
    ['counter', 'z', 1],
  ]);
});

test('a stage that throws has said no, without saying what it was looking at', () => {
  const stages = [
    stage('a', () => {
      throw new RangeError('secret value');
    }),
  ];
  const decision = decide(someRequest, facts, stages);
  expect(decision).toMatchObject({
    effect: 'deny',
    reason: 'stage_error',
    detail: { stage: 'a', error: 'RangeError' },
  });
  expect(JSON.stringify(decision)).not.toContain('secret');
});

test('the mode is what the switches left, whoever objects later', () => {
  const stages = [stage('a', () => passIn('read_only')), stage('b', () => deny('no_grant'))];
  expect(decide(someRequest, facts, stages).mode).toBe('read_only');
});

test('any request gets a decision, and the same one again', () => {
  fc.assert(
    fc.property(situation, ({ document, request, circumstances }) => {
      const first = decide(request, factsOf(document, circumstances));
      expect(decide(request, factsOf(structuredClone(document), circumstances))).toEqual(first);
      expect(first.trail.length).toBeGreaterThan(0);
      expect(first.reason === 'allowed').toBe(first.effect === 'allow');
    }),
    { numRuns: 500, seed: 8 },
  );
});

test('an allow passed every stage; anything else was objected to by the last stage of its trail, and spends nothing', () => {
  let allowed = 0;
  fc.assert(
    fc.property(situation, ({ document, request, circumstances }) => {
      const { decision, moved } = decideAndMove(request, factsOf(document, circumstances));
      const { effect, reason, trail } = decision;
      if (effect === 'allow') {
        allowed += 1;
        expect(trail.map((entry) => [entry.stage, entry.effect])).toEqual(
          PIPELINE.map(({ name }) => [name, 'pass']),
        );
      } else {
        expect(trail.at(-1)).toMatchObject({ effect, reason });
        expect(trail.slice(0, -1).every((entry) => entry.effect === 'pass')).toBe(true);
        expect(moved).toEqual([]);
      }
    }),
    { numRuns: 1000, seed: 7 },
  );
  expect(allowed).toBeGreaterThan(20);
});

type Situation = typeof situation extends fc.Arbitrary<infer S> ? S : never;

/**
 * A request that was not allowed must not get through once a brake is pulled as well. Situations are such that many are
 * allowed, with the brake too, and many are not for one reason alone: only then can a brake that helps be seen.
 */
const neverHelps = <T>(
  brake: fc.Arbitrary<T>,
  pulled: (one: Situation, brake: T) => [PolicyDocument, Situation['circumstances']],
) => {
  const seen = { allowed: 0, held: 0, refused: 0 };
  const property = fc.property(likelySituation, brake, (one, added) => {
    const [document, circumstances] = pulled(one, added);
    const was = decide(one.request, factsOf(one.document, one.circumstances)).effect;
    const is = decide(one.request, factsOf(document, circumstances)).effect;
    if (was === 'allow') seen[is === 'allow' ? 'allowed' : 'held'] += 1;
    else {
      seen.refused += 1;
      expect(is).not.toBe('allow');
    }
  });
  return () => {
    fc.assert(property, { numRuns: 1000, seed: 20 });
    return seen;
  };
};

test.each([
  [
    'a deny cell',
    neverHelps(cell, ({ document, circumstances }, { role, tool, when }) => {
      const denial = { role, tool, effect: 'deny' as const, ...(when !== undefined && { when }) };
      return [{ ...document, cells: [...document.cells, denial] }, circumstances];
    }),
  ],
  [
    'a kill switch',
    neverHelps(killSwitch, ({ document, circumstances }, added) => [
      document,
      { ...circumstances, switches: [...circumstances.switches, added] },
    ]),
  ],
  [
    'a guardrail',
    neverHelps(guardrail, ({ document, circumstances }, value) => [
      applyEdits(document, [{ kind: 'guardrail', name: 'added', value }]),
      circumstances,
    ]),
  ],
  [
    'a quota',
    neverHelps(fc.tuple(fc.constantFrom('find', 'pay'), fc.nat(1)), ({ document, circumstances }, of) => {
      const [tool, limit] = of;
      const value = { per: 'tenant' as const, tool, limit, windowSeconds: 10 };
      return [applyEdits(document, [{ kind: 'quota', name: 'added', value }]), circumstances];
    }),
  ],
  [
    'a denial for the subject',
    neverHelps(fc.constantFrom('find', 'pay'), ({ document, circumstances }, tool) => {
      const { subject } = circumstances;
      const denied = subject && { ...subject, grants: { ...subject.grants, [tool]: 'deny' as const } };
      return [document, { ...circumstances, subject: denied }];
    }),
  ],
])('%s more never turns a no into a yes', (_, check) => {
  const { allowed, held, refused } = check();
  expect(allowed, 'allowed all the same').toBeGreaterThan(100);
  expect(held, 'held by the brake').toBeGreaterThan(20);
  expect(refused, 'refused before').toBeGreaterThan(200);
});
