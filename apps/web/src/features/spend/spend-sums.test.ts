import { expect, it } from 'vitest';
import { costText, inputOf, outputOf } from './spend-sums.js';

it('a cost without all of its prices is at least that, and never zero for want of them', () => {
  expect(costText({ calls: 2, costUsd: 0.55, unpricedCalls: 0 })).toBe('$0.55');
  expect(costText({ calls: 3, costUsd: 0.55, unpricedCalls: 1 })).toBe('at least $0.55');
  expect(costText({ calls: 1, costUsd: 0, unpricedCalls: 1 })).toBe('not priced');
  // A price of 0 is a price.
  expect(costText({ calls: 1, costUsd: 0, unpricedCalls: 0 })).toBe('$0.00');
});

it('parts of tokens add up, none is counted twice', () => {
  const tokens = {
    inputUncached: 5,
    inputCacheRead: 128_955,
    inputCacheWrite: 1_253,
    inputAudio: 0,
    outputText: 317,
    outputReasoning: 1_152,
    outputAudio: 0,
  };
  expect(inputOf(tokens)).toBe(130_213);
  expect(outputOf(tokens)).toBe(1_469);
});
