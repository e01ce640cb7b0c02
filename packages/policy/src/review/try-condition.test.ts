import { expect, it } from 'vitest';
import { NOW } from '../../cases/arbitrary.js';
import { loadPolicy } from '../../cases/load.js';
import { asked } from '../../cases/situation.js';
import { conditionProblem, tryCondition } from './try-condition.js';

it.each([
  ['', null],
  ['args.amount < 5', null],
  ['args.amount +* 2', { line: 1 }],
  ['args.a < 1 &&\n  nobody.b < 2', { line: 2, column: 3 }],
] as const)('%j: where it is wrong', (source, at) => {
  const problem = conditionProblem(source);
  if (at === null) expect(problem).toBeNull();
  else expect(problem?.at).toMatchObject(at);
});

it.each([
  ['args.order_id == "O-1"', 'holds'],
  ['args.order_id == "O-2"', 'does_not_hold'],
  ['args.amount < 5', 'no_answer'],
  ['"lead" in subject.roles', 'holds'],
  ['', 'holds'],
  ['args.', 'no_answer'],
] as const)('%s of a call that was made: %s', (source, tried) => {
  expect(tryCondition(source, loadPolicy(), asked(), ['lead'], NOW)).toBe(tried);
});
