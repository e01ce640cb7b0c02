/** Answers come in the order of the questions, as many as the semantic lets there be, whichever of them can be read. */
import { SEMANTICS, type EvaluationRequest, type Semantic } from '@reeve/policy';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answersOf, requestsOf } from './boxcar.js';
import type { Item } from './wire.js';
import type { Evaluated } from './work.js';

type Kind = 'yes' | 'no' | 'bad';

/** A question whose subject is the answer it will get. */
const itemOf = (kind: Kind, i: number): Item =>
  kind === 'bad'
    ? { problems: [{ path: `/evaluations/${i}/subject`, message: 'is required' }] }
    : { request: { subject: { type: 'user', id: kind } } as EvaluationRequest, ignored: [] };

/** As the loop decides: in order, no further than the semantic. */
function decided(requests: readonly EvaluationRequest[], semantic: Semantic): Evaluated[] {
  const evaluated: Evaluated[] = [];
  for (const { subject } of requests) {
    const allowed = subject.id === 'yes';
    const effect = allowed ? 'allow' : 'deny';
    evaluated.push({
      id: subject.id,
      decision: { effect, reason: allowed ? 'allowed' : 'no_grant', detail: {}, mode: 'normal' },
      policyRevision: 1,
    } as unknown as Evaluated);
    if (semantic === 'deny_on_first_deny' && !allowed) break;
    if (semantic === 'permit_on_first_permit' && allowed) break;
  }
  return evaluated;
}

/** The standard's answer, from the questions alone. */
function wanted(kinds: readonly Kind[], semantic: Semantic): Kind[] {
  const ends = kinds.findIndex((kind) =>
    semantic === 'execute_all' ? false : (kind === 'yes') === (semantic === 'permit_on_first_permit'),
  );
  return ends < 0 ? [...kinds] : kinds.slice(0, ends + 1);
}

test('each answer stands where its question stood, until the one that ends the batch', () => {
  let ended = 0;
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom<Kind>('yes', 'no', 'bad'), { minLength: 1, maxLength: 12 }),
      fc.constantFrom(...SEMANTICS),
      (kinds, semantic) => {
        const items = kinds.map(itemOf);
        const answers = answersOf(items, decided(requestsOf(items, semantic), semantic), semantic);
        const want = wanted(kinds, semantic);
        expect(answers.map(({ decision }) => decision)).toEqual(want.map((kind) => kind === 'yes'));
        expect(answers.map(({ context }) => 'error' in context)).toEqual(want.map((kind) => kind === 'bad'));
        if (want.length < kinds.length) ended++;
      },
    ),
    { numRuns: 1000, seed: 7 },
  );
  expect(ended).toBeGreaterThan(300);
});

test('after one that cannot be read nothing is asked that would not be answered', () => {
  const items = (['yes', 'bad', 'yes'] as const).map(itemOf);
  expect(requestsOf(items, 'deny_on_first_deny')).toHaveLength(1);
  expect(requestsOf(items, 'permit_on_first_permit')).toHaveLength(2);
  expect(requestsOf(items, 'execute_all')).toHaveLength(2);
});
