import { expect, it } from 'vitest';
import { fittedRange } from './fitted-range.js';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const ago = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();

it.each([
  ['nobody asked', null, null, '6h'],
  ['a demo of five minutes', ago(5), ago(1), '15m'],
  ['an hour', ago(55), ago(2), '1h'],
  ['an afternoon', ago(240), ago(200), '6h'],
  ['a week that goes on', ago(7 * 1440), ago(0), '6h'],
  ['a week that ended yesterday', ago(7 * 1440), ago(20 * 60), '24h'],
  ['a month that ended a fortnight ago', ago(29 * 1440), ago(14 * 1440), '30d'],
])('%s', (_, first, last, range) => {
  expect(fittedRange(first, last, NOW)).toBe(range);
});
