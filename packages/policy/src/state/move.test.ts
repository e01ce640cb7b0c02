import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foundKey, ownKey, stateKey, type Kind, type StateKey } from './kind.js';
import { moved, type Move } from './move.js';
import { StateMap, stateOf } from './states.js';

/** A lease until a time: expires, and says so. */
const lease: Kind<{ readonly until: number; readonly taken: number }> = {
  name: 'lease',
  empty: { until: 0, taken: 0 },
  read: (text) => JSON.parse(text) as { until: number; taken: number },
  write: (state) => JSON.stringify(state),
  keysOf: () => [],
  expiresAt: ({ until }) => (until === 0 ? null : until),
  notAfter: (state) => state,
};
const key = stateKey('door');
const take = (on: StateKey, seconds: number, when: Move['when'] = 'always'): Move => ({
  kind: lease,
  key: on,
  when,
  apply: (state, now) => ({ until: now + seconds, taken: (state as typeof lease.empty).taken + 1 }),
});

describe('a state that has expired', () => {
  const state = new StateMap().set(lease, key, { until: 10, taken: 5 });

  test('counts as empty from that very instant, for who looks at it and for who moves it', () => {
    expect(stateOf({ state, now: 9 }, lease, key)).toEqual({ until: 10, taken: 5 });
    expect(stateOf({ state, now: 10 }, lease, key)).toBe(lease.empty);
    expect(moved([take(key, 3)], { state, now: 9 }, true)).toMatchObject([
      { state: { until: 12, taken: 6 } },
    ]);
    expect(moved([take(key, 3)], { state, now: 10 }, true)).toMatchObject([
      { state: { until: 13, taken: 1 } },
    ]);
  });

  test('is the same kept or forgotten, at any time', () => {
    let expired = 0;
    fc.assert(
      fc.property(fc.nat(20), fc.nat(20), (until, now) => {
        if (until === 0 || until > now) return;
        expired++;
        const kept = { state: new StateMap().set(lease, key, { until, taken: 5 }), now };
        const forgotten = { state: new StateMap(), now };
        expect(moved([take(key, 1)], kept, true)).toEqual(moved([take(key, 1)], forgotten, true));
      }),
      { numRuns: 500, seed: 71 },
    );
    expect(expired).toBeGreaterThan(150);
  });
});

test('what changes nothing is not moved, and so not written', () => {
  const nothing: Move = { kind: lease, key, when: 'always', apply: (state) => state };
  const state = new StateMap().set(lease, key, { until: 10, taken: 5 });
  expect(moved([nothing], { state, now: 0 }, true)).toEqual([]);
  expect(moved([nothing, take(key, 1), nothing], { state, now: 0 }, true)).toHaveLength(1);
});

test('moves of one key follow each other and end in one state; the state that was given stays as it is', () => {
  const state = new StateMap();
  const all = moved([take(key, 1), take(stateKey('gate'), 1), take(key, 4)], { state, now: 1 }, true);
  expect(all.map(({ key: { name }, state: to }) => [name, to])).toEqual([
    ['door', { until: 5, taken: 2 }],
    ['gate', { until: 2, taken: 1 }],
  ]);
  expect(state.get(lease, key)).toBe(lease.empty);
});

test('what is for an allow does not move without one', () => {
  const state = new StateMap();
  const moves = [take(key, 1, 'allowed'), take(stateKey('gate'), 1)];
  expect(moved(moves, { state, now: 0 }, false).map(({ key: { name } }) => name)).toEqual(['gate']);
  expect(moved(moves, { state, now: 0 }, true)).toHaveLength(2);
});

test('no two keys of a kind are one, whatever their parts hold', () => {
  const part = fc.string({ unit: fc.constantFrom('a', '/', '~', '0', '1', ':'), minLength: 1, maxLength: 3 });
  const one = fc.record({
    name: part,
    subject: fc.option(fc.record({ type: part, id: part }), { nil: null }),
  });
  const textOf = ({ name, subject }: { name: string; subject: { type: string; id: string } | null }) =>
    (subject === null ? stateKey(name) : ownKey(name, subject)).text;
  let same = 0;
  fc.assert(
    fc.property(one, one, (a, b) => {
      const equal = JSON.stringify(a) === JSON.stringify(b);
      if (equal) same++;
      expect(textOf(a) === textOf(b)).toBe(equal);
    }),
    { numRuns: 20_000, seed: 72 },
  );
  expect(same).toBeGreaterThan(5);
});

test('what is found by its name is one, whoever asks', () => {
  const [mia, ann] = [
    foundKey('run-1', { type: 'user', id: 'mia' }),
    foundKey('run-1', { type: 'user', id: 'ann' }),
  ];
  expect(mia.text).toBe(ann.text);
  expect(mia.text).toBe(stateKey('run-1').text);
});
