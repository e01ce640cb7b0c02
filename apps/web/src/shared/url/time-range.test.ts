import { defaultParseSearch, defaultStringifySearch } from '@tanstack/react-router';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRange, rangeOf, shift, timeSearch, zoom, type TimeSearch } from './time-range.js';

const NOW = Date.parse('2026-11-21T13:30:05.000Z');
const HOUR = 3_600_000;
const instant = fc
  .date({ min: new Date('2001-09-09T01:46:40Z'), max: new Date('2099-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

describe('what people type', () => {
  it.each([
    ['45m', { t: '45m' }],
    ['past 6 h', { t: '6h' }],
    ['Last 7d', { t: '7d' }],
    ['02w', { t: '2w' }],
    ['since Jun 1', { from: '2026-06-01T00:00:00.000Z' }],
    ['since 09:30', { from: '2026-11-21T09:30:00.000Z' }],
    ['since 23:00', { from: '2026-11-20T23:00:00.000Z' }],
    ['1782800000', { from: '2026-06-30T06:13:20.000Z' }],
    ['1782800000000', { from: '2026-06-30T06:13:20.000Z' }],
    ['09:30 to 11:00', { from: '2026-11-21T09:30:00.000Z', to: '2026-11-21T11:00:00.000Z' }],
    ['2026-06-01 to 2026-06-02', { from: '2026-06-01T00:00:00.000Z', to: '2026-06-02T00:00:00.000Z' }],
  ])('%s', (text, search) => {
    expect(parseRange(text, NOW)).toEqual(search);
  });

  it.each(['', 'soon', '0h', '6 fortnights', 'since tomorrow', '11:00 to 09:30', 'since 2099-01-01'])(
    '%j is not understood',
    (text) => {
      expect(parseRange(text, NOW)).toBeNull();
    },
  );

  it('understands what it wrote, whatever the range', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), fc.constantFrom('m', 'h', 'd', 'w'), (n, unit) => {
        expect(parseRange(`${n}${unit}`, NOW)).toEqual({ t: `${n}${unit}` });
      }),
    );
    fc.assert(
      fc.property(instant, instant, (a, b) => {
        fc.pre(a !== b);
        const [from, to] = [a, b].toSorted() as [string, string];
        expect(parseRange(`${from} to ${to}`, NOW)).toEqual({ from, to });
      }),
    );
  });
});

describe('what it means', () => {
  it('slides with now unless it says otherwise', () => {
    expect(rangeOf({}, NOW)).toMatchObject({ label: 'Past 6h', moving: true });
    const { from, to } = rangeOf({ t: '1h' }, NOW);
    expect(to.toISOString()).toBe('2026-11-21T13:30:10.000Z');
    expect(to.getTime() - from.getTime()).toBe(HOUR);
    expect(rangeOf({ from: '2026-11-21T13:00:00.000Z' }, NOW)).toMatchObject({ moving: true });
    const fixed = { from: '2026-06-01T00:00:00.000Z', to: '2026-06-02T00:00:00.000Z' };
    expect(rangeOf(fixed, NOW)).toMatchObject({ moving: false, label: '06-01 00:00 – 06-02 00:00' });
  });

  it('comes back after a step there and a step back, and after zooming out and in', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 60_000, max: 100 * 24 * HOUR }), (from, length) => {
        const search = { from, to: new Date(Date.parse(from) + length).toISOString() };
        const range = rangeOf(search, NOW);
        expect(rangeOf(shift(rangeOf(shift(range, 1), NOW), -1), NOW).from.getTime()).toBeCloseTo(
          range.from.getTime(),
          -1,
        );
        expect(rangeOf(zoom(rangeOf(zoom(range, 2), NOW), 0.5), NOW).to.getTime()).toBeCloseTo(
          range.to.getTime(),
          -1,
        );
      }),
    );
  });

  it('stays in the URL as it is', () => {
    const search = fc.oneof(
      fc.record({ t: fc.stringMatching(/^[1-9]\d{0,3}[mhdw]$/) }),
      fc.record({ from: instant }),
      fc.record({ from: instant, to: instant }),
    );
    fc.assert(
      fc.property(search, (written: TimeSearch) => {
        expect(timeSearch.parse(defaultParseSearch(defaultStringifySearch(written)))).toEqual(written);
      }),
    );
  });

  it('forgets what it does not understand', () => {
    expect(timeSearch.parse({ t: '6 fortnights', from: 'yesterday', to: 7 })).toEqual({});
  });
});
