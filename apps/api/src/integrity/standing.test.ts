import { expect, it } from 'vitest';
import { standingOf, type Checked } from './standing.js';

const NOW = Date.UTC(2026, 10, 26, 12);
const ago = (minutes: number) => new Date(NOW - minutes * 60_000);
const checked = (other: Partial<Checked> = {}): Checked => ({
  provedAt: ago(1),
  wholeAt: ago(40),
  broken: null,
  lost: null,
  ...other,
});

it.each<[string, Checked | null, string]>([
  ['nothing is known', null, 'unchecked'],
  ['the first pass is under way', checked({ wholeAt: null }), 'unchecked'],
  ['all of it was checked within the hour', checked(), 'verified'],
  ['the last pass ended more than an hour ago', checked({ wholeAt: ago(61) }), 'stale'],
  ['the newest records wait for a check', checked({ provedAt: ago(6) }), 'stale'],
  ['a fault stands, however old', checked({ broken: 'Broken at #3', wholeAt: ago(600) }), 'broken'],
  ['answered records are gone', checked({ lost: '#9 is gone' }), 'broken'],
])('%s', (_what, given, state) => {
  expect(standingOf(given, NOW)).toBe(state);
});
