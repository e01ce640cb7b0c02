import { expect, test } from 'vitest';
import { rehearse } from './rehearsal.js';

/** Tens of milliseconds of what was never run before: less than that makes nothing fast. */
const UNITS_MIN = 20_000;

test('a rehearsal uses everything much, and is bounded as any question is', () => {
  const paid = rehearse();
  expect(paid.length).toBeGreaterThan(20);
  expect(paid.filter((units) => units < UNITS_MIN)).toEqual([]);
  expect(Math.max(...paid)).toBeLessThan(102_000);
});
