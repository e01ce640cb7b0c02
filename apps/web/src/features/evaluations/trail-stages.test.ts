import { PIPELINE } from '@reeve/policy';
import { expect, test } from 'vitest';
import { STAGES, trailStages } from './trail-stages.js';

const stateOf = (trail: Parameters<typeof trailStages>[0]) =>
  trailStages(trail).map(({ stage, state }) => `${stage} ${state}`);

test('draws the stages of the pipeline, in its order', () => {
  expect(STAGES.map(([stage]) => stage)).toEqual(PIPELINE.map(({ name }) => name));
});

test('an objection ends the trail: what comes after was not reached', () => {
  expect(
    stateOf([
      { stage: 'identity', effect: 'pass' },
      { stage: 'kill-switch', effect: 'deny', reason: 'kill_switch_stopped', detail: { scope: 'tenant' } },
    ]),
  ).toEqual([
    'identity passed',
    'kill-switch objected',
    'assistant not_reached',
    'arguments not_reached',
    'permission not_reached',
    'quota not_reached',
  ]);
});

test('a schema error is named by its path', () => {
  const trail = [
    {
      stage: 'arguments',
      effect: 'deny',
      reason: 'invalid_arguments',
      detail: { tool: 'refund', errors: [{ path: '/amount', message: 'must be number' }] },
    },
  ];
  const stage = trailStages(trail).find((each) => each.stage === 'arguments');
  expect(stage?.sentence).toBe('The arguments break the JSON Schema of refund.');
  expect(stage?.facts).toEqual([['/amount', 'must be number']]);
});

test('what decided in favour is said, and a quota says what is left and when', () => {
  const stages = trailStages([
    { stage: 'permission', effect: 'pass', detail: { role: 'agent', tool: 'refund', effect: 'allow' } },
    {
      stage: 'quota',
      effect: 'deny',
      reason: 'quota_exceeded',
      detail: { quota: 'refunds', limit: 2, windowSeconds: 60, remaining: 0, resetsAt: null },
    },
  ]);
  expect(stages.find(({ stage }) => stage === 'permission')?.sentence).toBe(
    'The cell agent × refund allows it.',
  );
  expect(stages.at(-1)?.facts).toEqual([
    ['quota', 'refunds'],
    ['limit', '2'],
    ['window', '60 s'],
    ['remaining', '0'],
    ['resets', 'never'],
  ]);
});

test('a stage that is no longer in the pipeline is still shown', () => {
  expect(stateOf([{ stage: 'taint', effect: 'deny', reason: 'no_longer_known' }])).toContain(
    'taint objected',
  );
});
