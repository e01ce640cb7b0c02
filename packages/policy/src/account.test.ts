import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadOutcomeCases, loadPolicy } from '../cases/load.js';
import { asked, known } from '../cases/situation.js';
import { account, type Recorded } from './account.js';
import { OUTCOME_STATUSES } from './contract/outcome.js';
import { toRequest } from './contract/evaluation.js';
import { compilePolicy } from './document/compile.js';
import { decide } from './pipeline.js';
import type { Report, Stage } from './stage.js';
import { stateKey, type Kind } from './state/kind.js';
import { StateMap } from './state/states.js';
import { EFFECTS, type EvaluationRequest } from './vocabulary.js';

const facts = known();
const recorded = (over: Partial<Recorded> & { request?: EvaluationRequest | null } = {}): Recorded => {
  const request = over.request === undefined ? asked() : over.request;
  const isAbout = request && ((args: unknown) => isDeepStrictEqual(args, request.arguments));
  return { id: 'evaluation', decidedAt: facts.now - 1, effect: 'allow', isAbout, ...over, request };
};

test.each(loadOutcomeCases())('$description', ({ request: body, key, subject, report, want }) => {
  const request = toRequest(body, { keyAssistants: key });
  const caller = { id: 'key', assistants: key };
  const policy = compilePolicy(loadPolicy());
  const { effect } = decide(request, { ...facts, caller, subject, policy });
  const { argumentsMatch, ungoverned, finding } = account(recorded({ effect, request }), report, facts);
  expect({ effect, argumentsMatch, ungoverned, finding }).toEqual(want);
});

test('of a subject that was erased nobody can tell whether the arguments match', () => {
  const erased = recorded({ isAbout: null, request: null });
  expect(account(erased, { status: 'succeeded', arguments: { order_id: 'O-2' } }, facts)).toEqual({
    argumentsMatch: null,
    ungoverned: false,
    finding: null,
    moved: [],
  });
});

/** A call that is under way, until its outcome says how it went: what an allow began and an outcome ends. */
const underWay: Kind<'idle' | 'running' | 'failed'> = {
  name: 'under_way',
  empty: 'idle',
  read: (text) => text as 'idle',
  write: (state) => state,
  keysOf: ({ resource }) => [stateKey(resource.id)],
  expiresAt: () => null,
  notAfter: (state) => state,
};
const watching: Stage = {
  name: 'watching',
  question: 'Is it under way?',
  kinds: [underWay],
  check: () => ({ effect: 'pass' }),
  account: ({ request, report }) => [
    {
      kind: underWay,
      key: stateKey(request.resource.id),
      when: 'allowed',
      apply: (state) =>
        state !== 'running' ? state : report.status === 'failed' ? ('failed' as const) : ('idle' as const),
    },
  ],
};
const key = stateKey('find_order');
const running = () => new StateMap().set(underWay, key, 'running');

describe('an outcome moves state', () => {
  const moved = (evaluation: Recorded, report: Report, state = running()) =>
    account(evaluation, report, { ...facts, state }, [watching]).moved;

  test('by what was asked and what came of it', () => {
    expect(moved(recorded(), { status: 'failed' })).toEqual([{ kind: underWay, key, state: 'failed' }]);
    expect(moved(recorded(), { status: 'succeeded' })).toEqual([{ kind: underWay, key, state: 'idle' }]);
  });

  test('which was not moved on by somebody else meanwhile', () => {
    expect(moved(recorded(), { status: 'failed' }, new StateMap())).toEqual([]);
  });

  test('not where its evaluation was no allow, if only an allow began it; and not for who was erased', () => {
    expect(moved(recorded({ effect: 'deny' }), { status: 'failed' })).toEqual([]);
    expect(moved(recorded({ request: null, isAbout: null }), { status: 'failed' })).toEqual([]);
  });
});

test('every account: ran without an allow if and only if it is ungoverned, and nothing else looks at the state', () => {
  let ungovernedCalls = 0;
  let drifts = 0;
  const json = fc.jsonValue({ maxDepth: 2 });
  fc.assert(
    fc.property(
      fc.constantFrom(...EFFECTS),
      fc.constantFrom(...OUTCOME_STATUSES),
      json,
      fc.option(fc.oneof(json, fc.constant('same')), { nil: undefined }),
      (effect, status, authorised, executed) => {
        const request = asked({ arguments: authorised as EvaluationRequest['arguments'] });
        const args = executed === 'same' ? structuredClone(authorised) : executed;
        const report = { status, ...(args !== undefined && { arguments: args }) } as Report;
        const made = account(recorded({ effect, request }), report, facts);
        expect(made.ungoverned).toBe(status !== 'not_executed' && effect !== 'allow');
        expect(made.argumentsMatch).toBe(args === undefined ? null : isDeepStrictEqual(args, authorised));
        expect(made.finding === null).toBe(!made.ungoverned && made.argumentsMatch !== false);
        expect(made.moved).toEqual([]);
        if (made.finding === 'ungoverned_call') ungovernedCalls++;
        if (made.finding === 'argument_drift') drifts++;
      },
    ),
    { numRuns: 1000, seed: 73 },
  );
  expect(ungovernedCalls).toBeGreaterThan(300);
  expect(drifts).toBeGreaterThan(50);
});
