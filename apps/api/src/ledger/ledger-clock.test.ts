import { describe, expect, it } from 'vitest';
import { LedgerClock } from './ledger-clock.js';

const START = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Two clocks of a host that a test sets, and the database's as it answers. */
function host() {
  const own = { wall: START, steady: 5_000 };
  const clock = new LedgerClock({ wall: () => own.wall, steady: () => own.steady });
  const passes = (ms: number) => {
    own.wall += ms;
    own.steady += ms;
  };
  return { own, clock, passes };
}

it('a clock that goes on as it should is believed, however long nobody looked', () => {
  const { clock, passes } = host();
  expect(clock.believes(START)).toBe(true);
  passes(30 * DAY);
  expect(clock.believes(START + 30 * DAY + 500)).toBe(true);
  expect(clock.alarm).toBeNull();
});

it.each([
  ['forward', 40 * DAY],
  ['forward, a little more than a minute', MINUTE + 1],
  ['back', -2 * MINUTE],
])('a jump %s is no time, until it is back', (_, jump) => {
  const { clock, passes } = host();
  clock.believes(START);
  passes(MINUTE);
  expect(clock.believes(START + MINUTE + jump)).toBe(false);
  expect(clock.alarm).toMatch(/ s (ahead of|behind) where it should be/);
  expect(clock.expected()).toBe(START + MINUTE);
  const told = { since: START + MINUTE, database: START + MINUTE + jump, expected: START + MINUTE };
  expect(clock.jump).toMatchObject(told);
  passes(MINUTE);
  expect(clock.believes(START + 2 * MINUTE + jump)).toBe(false);
  expect(clock.jump).toMatchObject({ since: told.since, expected: START + 2 * MINUTE });
  expect(clock.believes(START + 2 * MINUTE)).toBe(true);
  expect(clock.alarm).toBeNull();
});

it('a step of some seconds is NTP’s, and many of them make no jump', () => {
  const { clock, passes } = host();
  let database = START;
  for (let i = 0; i < 10; i++) {
    expect(clock.believes(database)).toBe(true);
    passes(MINUTE);
    database += MINUTE + 30_000;
  }
});

it('when the whole host jumps its own clock is no witness; when only that one jumps, the database is believed', () => {
  const { own, clock } = host();
  clock.believes(START);
  own.wall += DAY;
  expect(clock.believes(START + DAY)).toBe(false);
  expect(clock.believes(START)).toBe(true);
});

it('at its start a process has only its own clock to compare with', () => {
  const { own, clock } = host();
  expect(clock.believes(START + 2 * MINUTE)).toBe(false);
  // NTP has set it in the meantime.
  own.wall += 2 * MINUTE;
  expect(clock.believes(START + 2 * MINUTE)).toBe(true);
});

describe('somebody’s word', () => {
  it('is for the time it was given at, and some minutes', () => {
    const { clock } = host();
    clock.believes(START);
    const there = START + DAY;
    expect(clock.believes(there)).toBe(false);
    expect(clock.isVouchedFor(there, null)).toBe(false);
    expect(clock.isVouchedFor(there, there - 11 * MINUTE)).toBe(false);
    expect(clock.isVouchedFor(there, START)).toBe(false);
    expect(clock.isVouchedFor(there, there - MINUTE)).toBe(true);
    expect(clock.alarm).toBeNull();
    expect(clock.believes(there + 1_000)).toBe(true);
  });
});

it('a last record far behind is an idle tenant, one far ahead a clock that had jumped', () => {
  const { clock } = host();
  expect(clock.canGoOn('t', START - 400 * DAY, START)).toBe(true);
  expect(clock.canGoOn('t', START + MINUTE, START)).toBe(true);
  expect(clock.canGoOn('t', START + MINUTE + 1, START)).toBe(false);
});
