import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Instant, readInstant } from './instant.js';

it.each([
  '2026-02-30T00:00:00Z',
  '2026-02-29T00:00:00Z',
  '2026-04-31T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-00-10T00:00:00Z',
  '2026-01-01T24:00:00Z',
  '2026-01-01T23:59:60Z',
  '2026-01-01T00:00:00+24:00',
  '0001-01-01T00:00:00Z',
  '1899-12-31T23:59:59Z',
  '9999-12-31T23:59:59-01:00',
  '294277-01-01T00:00:00Z',
  '+294277-01-01T00:00:00Z',
  '-000001-01-01T00:00:00Z',
  '2026-01-01',
  '2026-01-01 00:00:00Z',
  'yesterday',
  '',
])('refuses %s', (text) => {
  expect(readInstant(text)).toBeTypeOf('string');
  expect(Instant.safeParse(text).success).toBe(false);
});

it('takes leap days, fractions and offsets', () => {
  expect(readInstant('2024-02-29T12:00:00Z')).toEqual(new Date('2024-02-29T12:00:00Z'));
  expect(readInstant('2026-11-21T12:00:00.123456789+05:30')).toEqual(new Date('2026-11-21T06:30:00.123Z'));
  expect(readInstant('2026-11-21T12:00Z')).toEqual(new Date('2026-11-21T12:00:00Z'));
});

it('reads what a Date writes, between the years, as that Date', () => {
  fc.assert(
    fc.property(
      fc.date({
        min: new Date('1900-01-01T00:00:00Z'),
        max: new Date('9999-12-31T23:59:59Z'),
        noInvalidDate: true,
      }),
      (date) => {
        expect(readInstant(date.toISOString())).toEqual(date);
      },
    ),
    { seed: 2026, numRuns: 500 },
  );
});
