import { defaultParseSearch, defaultStringifySearch } from '@tanstack/react-router';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRange, UNDERSTOOD } from './time-grammar.js';
import { rangeInFull, rangeLabel, rangeOf, shift, timeSearch, zoom, type TimeSearch } from './time-range.js';
import { civilOf, instantOf, offsetAt } from './zoned.js';

/** A Saturday. */
const NOW = Date.parse('2026-11-21T13:30:05.000Z');
const HOUR = 3_600_000;
const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata'];
const SEED = 20_261_121;
const instant = fc
  .date({ min: new Date('2001-09-09T01:46:40Z'), max: new Date('2099-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

const parsed = (typed: string, now: number | string = NOW, zone = 'UTC') =>
  parseRange(typed, typeof now === 'string' ? Date.parse(now) : now, zone);
const search = (typed: string, now?: number | string, zone?: string): TimeSearch => {
  const found = parsed(typed, now, zone);
  if ('why' in found) throw new Error(`${typed}: ${found.why}`);
  return found.search;
};
const utc = (from: string, to?: string) => ({
  from: new Date(`${from}Z`).toISOString(),
  ...(to === undefined ? {} : { to: new Date(`${to}Z`).toISOString() }),
});

describe('lengths that slide', () => {
  it.each([
    ['45m', '45m'],
    ['90 min', '90m'],
    ['1 hour', '1h'],
    ['1 Hour', '1h'],
    ['an hour', '1h'],
    ['past hour', '1h'],
    ['last hour', '1h'],
    ['past 6 h', '6h'],
    ['6 hrs', '6h'],
    ['60 minutes', '1h'],
    ['1h 30m', '90m'],
    ['1h30m', '90m'],
    ['1.5 hours', '90m'],
    ['2 hours and 15 minutes', '135m'],
    ['Last 7d', '7d'],
    ['last 7 days', '7d'],
    ['previous 3 days', '3d'],
    ['past day', '1d'],
    ['24h', '1d'],
    ['02w', '14d'],
    ['2 weeks', '14d'],
    ['past week', '7d'],
    ['past month', '1mo'],
    ['3 months', '3mo'],
    ['past year', '12mo'],
  ])('%s', (typed, t) => {
    expect(search(typed)).toEqual({ t });
  });

  it('months are those of the calendar', () => {
    const { from } = rangeOf({ t: '1mo' }, Date.parse('2026-03-31T12:00:00Z'));
    expect(from.toISOString()).toBe('2026-02-28T12:00:00.000Z');
  });
});

describe('a Saturday afternoon, in UTC', () => {
  it.each([
    ['today', utc('2026-11-21T00:00')],
    ['yesterday', utc('2026-11-20T00:00', '2026-11-21T00:00')],
    ['this week', utc('2026-11-16T00:00')],
    ['week to date', utc('2026-11-16T00:00')],
    ['last week', utc('2026-11-09T00:00', '2026-11-16T00:00')],
    ['previous week', utc('2026-11-09T00:00', '2026-11-16T00:00')],
    ['this month', utc('2026-11-01T00:00')],
    ['month to date', utc('2026-11-01T00:00')],
    ['last month', utc('2026-10-01T00:00', '2026-11-01T00:00')],
    ['this quarter', utc('2026-10-01T00:00')],
    ['last quarter', utc('2026-07-01T00:00', '2026-10-01T00:00')],
    ['this year', utc('2026-01-01T00:00')],
    ['last year', utc('2025-01-01T00:00', '2026-01-01T00:00')],
    ['this hour', utc('2026-11-21T13:00')],
    ['Oct 1 to Oct 31', utc('2026-10-01T00:00', '2026-11-01T00:00')],
    ['oct 1st – oct 31st', utc('2026-10-01T00:00', '2026-11-01T00:00')],
    ['Oct 1-31', utc('2026-10-01T00:00', '2026-11-01T00:00')],
    ['Oct 1 to 31', utc('2026-10-01T00:00', '2026-11-01T00:00')],
    ['1 to 31 October', utc('2026-10-01T00:00', '2026-11-01T00:00')],
    ['1 - 31 Oct 2025', utc('2025-10-01T00:00', '2025-11-01T00:00')],
    ['from Oct 1 until Oct 31', utc('2026-10-01T00:00', '2026-11-01T00:00')],
    ['between Oct 1 and Oct 31', utc('2026-10-01T00:00', '2026-11-01T00:00')],
    ['October', utc('2026-10-01T00:00', '2026-11-01T00:00')],
    ['October 2025', utc('2025-10-01T00:00', '2025-11-01T00:00')],
    ['2025-10', utc('2025-10-01T00:00', '2025-11-01T00:00')],
    ['2025', utc('2025-01-01T00:00', '2026-01-01T00:00')],
    ['Q3', utc('2026-07-01T00:00', '2026-10-01T00:00')],
    ['Q4 2025', utc('2025-10-01T00:00', '2026-01-01T00:00')],
    ['Jan to Mar', utc('2026-01-01T00:00', '2026-04-01T00:00')],
    ['Oct 3', utc('2026-10-03T00:00', '2026-10-04T00:00')],
    ['3 Oct', utc('2026-10-03T00:00', '2026-10-04T00:00')],
    ['Feb 29', utc('2024-02-29T00:00', '2024-03-01T00:00')],
    ['Dec 1', utc('2025-12-01T00:00', '2025-12-02T00:00')],
    ['Nov 21', utc('2026-11-21T00:00')],
    ['Nov 1 to today', utc('2026-11-01T00:00')],
    ['Nov 1 to now', utc('2026-11-01T00:00')],
    ['Nov 1 to yesterday', utc('2026-11-01T00:00', '2026-11-21T00:00')],
    ['Nov 19 09:00 to Nov 20 10:00', utc('2026-11-19T09:00', '2026-11-20T10:00')],
    ['Nov 19 at 9am to 5:30 pm', utc('2026-11-19T09:00', '2026-11-19T17:30')],
    ['Nov 19 22:00 to 02:00', utc('2026-11-19T22:00', '2026-11-20T02:00')],
    ['Nov 19 2020 22:00 to 02:00', utc('2020-11-19T22:00', '2020-11-20T02:00')],
    ['2026-11-19 09:00 to 2026-11-20 10:00', utc('2026-11-19T09:00', '2026-11-20T10:00')],
    ['2026-11-19T09:00/2026-11-20T10:00', utc('2026-11-19T09:00', '2026-11-20T10:00')],
    ['19-Nov-2026', utc('2026-11-19T00:00', '2026-11-20T00:00')],
    ['yesterday 09:00 to 10:00', utc('2026-11-20T09:00', '2026-11-20T10:00')],
    ['yesterday 23:00 to today 01:00', utc('2026-11-20T23:00', '2026-11-21T01:00')],
    ['09:30 to 11:00', utc('2026-11-21T09:30', '2026-11-21T11:00')],
    ['9:30-11:00', utc('2026-11-21T09:30', '2026-11-21T11:00')],
    ['22:00 to 02:00', utc('2026-11-20T22:00', '2026-11-21T02:00')],
    ['11:00 to 09:30', utc('2026-11-20T11:00', '2026-11-21T09:30')],
    ['12:00 to 18:00', utc('2026-11-21T12:00', '2026-11-21T18:00')],
    ['monday', utc('2026-11-16T00:00', '2026-11-17T00:00')],
    ['monday to wednesday', utc('2026-11-16T00:00', '2026-11-19T00:00')],
    ['last saturday', utc('2026-11-14T00:00', '2026-11-15T00:00')],
    ['since Jun 1', utc('2026-06-01T00:00')],
    ['since December', utc('2025-12-01T00:00')],
    ['since 09:30', utc('2026-11-21T09:30')],
    ['since 23:00', utc('2026-11-20T23:00')],
    ['since 2 hours ago', utc('2026-11-21T11:30:05')],
    ['3 days ago to 1 day ago', utc('2026-11-18T13:30:05', '2026-11-20T13:30:05')],
    ['2026-06-01 to 2026-06-02', utc('2026-06-01T00:00', '2026-06-03T00:00')],
    ['1782800000', utc('2026-06-30T06:13:20')],
    ['1782800000000', utc('2026-06-30T06:13:20')],
    ['1782800000 to 1782803600', utc('2026-06-30T06:13:20', '2026-06-30T07:13:20')],
    ['2026-11-19T09:00-05:00 to 2026-11-19T12:00-05:00', utc('2026-11-19T14:00', '2026-11-19T17:00')],
    [
      'Nov 19 09:00 to 10:00 America/New_York',
      { ...utc('2026-11-19T14:00', '2026-11-19T15:00'), tz: 'America/New_York' },
    ],
  ])('%s', (typed, range) => {
    expect(search(typed)).toEqual(range);
  });
});

describe('days are those of the zone', () => {
  it.each([
    ['UTC', '2026-10-01T00:00Z', '2026-11-01T00:00Z'],
    ['Europe/Berlin', '2026-09-30T22:00Z', '2026-10-31T23:00Z'],
    ['America/New_York', '2026-10-01T04:00Z', '2026-11-01T04:00Z'],
    ['Asia/Kolkata', '2026-09-30T18:30Z', '2026-10-31T18:30Z'],
  ])('Oct 1 to Oct 31 in %s', (zone, from, to) => {
    const range = search('Oct 1 to Oct 31', NOW, zone);
    expect(range).toEqual({ from: new Date(from).toISOString(), to: new Date(to).toISOString() });
    expect(rangeLabel(rangeOf(range, NOW), zone)).toBe(`1 Oct 2026 – 31 Oct 2026 ${zone}`);
  });

  it.each([
    ['Europe/Berlin', '2026-03-29T12:00Z', 23],
    ['Europe/Berlin', '2026-10-25T12:00Z', 25],
    ['America/New_York', '2026-03-08T16:00Z', 23],
    ['America/New_York', '2026-11-01T16:00Z', 25],
    ['Asia/Kolkata', '2026-03-29T12:00Z', 24],
    ['UTC', '2026-03-29T12:00Z', 24],
  ])('yesterday in %s, a day after %s, has %d hours', (zone, noon, hours) => {
    const { from, to } = rangeOf(search('yesterday', Date.parse(noon) + 24 * HOUR, zone), NOW);
    expect((to.getTime() - from.getTime()) / HOUR).toBe(hours);
  });

  it('an hour that comes twice is its first, one that is left out is the next', () => {
    const at = (typed: string) => search(`since ${typed}`, NOW, 'Europe/Berlin').from;
    expect(at('2026-10-25 02:30')).toBe('2026-10-25T00:30:00.000Z');
    expect(at('2026-03-29 02:30')).toBe('2026-03-29T01:30:00.000Z');
  });

  it('wall clocks go to instants and back, but for hours that are left out or come twice', () => {
    let asserted = 0;
    fc.assert(
      fc.property(
        instant,
        fc.constantFrom(...ZONES, 'Australia/Lord_Howe', 'America/Sao_Paulo'),
        (text, zone) => {
          const at = Math.floor(Date.parse(text) / 1000) * 1000;
          const same = instantOf(civilOf(at, zone), zone);
          expect(civilOf(same, zone)).toEqual(civilOf(at, zone));
          if (offsetAt(at - 3 * HOUR, zone) === offsetAt(at + 3 * HOUR, zone)) {
            asserted++;
            expect(same).toBe(at);
          }
        },
      ),
      { seed: SEED, numRuns: 500 },
    );
    expect(asserted).toBeGreaterThan(450);
  });
});

describe('over New Year', () => {
  const JAN = '2027-01-03T09:30:00Z';
  it.each([
    ['Dec 30 to Jan 2', utc('2026-12-30T00:00', '2027-01-03T00:00')],
    ['Dec 31 09:00 to Jan 1 10:00', utc('2026-12-31T09:00', '2027-01-01T10:00')],
    ['Nov 25 09:00 to Nov 26 10:00', utc('2026-11-25T09:00', '2026-11-26T10:00')],
    ['last month', utc('2026-12-01T00:00', '2027-01-01T00:00')],
    ['last week', utc('2026-12-21T00:00', '2026-12-28T00:00')],
    ['this week', utc('2026-12-28T00:00')],
    ['last quarter', utc('2026-10-01T00:00', '2027-01-01T00:00')],
    ['last year', utc('2026-01-01T00:00', '2027-01-01T00:00')],
    ['December', utc('2026-12-01T00:00', '2027-01-01T00:00')],
    ['Dec 1 to Dec 31', utc('2026-12-01T00:00', '2027-01-01T00:00')],
    ['since Jun 1', utc('2026-06-01T00:00')],
    ['Jan 4', utc('2026-01-04T00:00', '2026-01-05T00:00')],
    ['Dec 30 2025 to Jan 2', utc('2025-12-30T00:00', '2026-01-03T00:00')],
    ['Dec 30 to Jan 2 2026', utc('2025-12-30T00:00', '2026-01-03T00:00')],
  ])('%s', (typed, range) => {
    expect(search(typed, JAN)).toEqual(range);
  });

  it('today is the day it is in the zone', () => {
    const midnight = '2027-01-01T02:00:00Z';
    expect(search('today', midnight, 'America/New_York').from).toBe('2026-12-31T05:00:00.000Z');
    expect(search('today', midnight, 'Asia/Kolkata').from).toBe('2026-12-31T18:30:00.000Z');
    expect(search('this year', midnight, 'America/New_York').from).toBe('2026-01-01T05:00:00.000Z');
  });

  it('what is under way is not taken for that of last year', () => {
    expect(search('Dec 30 to Jan 2', '2026-12-31T12:00:00Z')).toEqual(
      utc('2026-12-30T00:00', '2027-01-03T00:00'),
    );
    expect(search('Oct 1 to Oct 31', '2026-10-15T12:00:00Z')).toEqual(
      utc('2026-10-01T00:00', '2026-11-01T00:00'),
    );
    expect(search('Nov 22 to Nov 20', NOW)).toEqual(utc('2025-11-22T00:00', '2026-11-21T00:00'));
  });
});

describe('what is refused says why', () => {
  it.each([
    ['', 'Nothing was typed.'],
    ['soon', '“soon” is not understood.'],
    ['0h', 'A range of less than a minute shows nothing.'],
    ['6 fortnights', '“6 fortnights” is not understood.'],
    ['since tomorrow', '“tomorrow” is not understood.'],
    ['2026-11-20 to 2026-11-19', 'It ends before it begins.'],
    ['since 2099-01-01', '“2099-01-01” is in the future.'],
    ['2099-01-01 to 2099-02-01', 'It begins in the future.'],
    ['Feb 30', 'There is no “feb 30” in any year.'],
    ['Feb 29 2026', 'There is no “feb 29 2026”.'],
    ['2026-13-01', 'There is no “2026-13-01”.'],
    ['2026-02-30T00:00:00Z', 'There is no “2026-02-30t00:00:00z”.'],
    ['25:00 to 26:00', 'There is no time “26:00”.'],
    ['1/2/2026', '“1/2/2026” can be read in two ways: write the month as a word, or 2026-11-25.'],
    ['0001-01-01', '“0001-01-01” is not of this age.'],
    ['October 09:00', '“october 09:00” has a time but no day.'],
    ['1 month 2 days', 'Months and shorter lengths do not add up.'],
    ['Oct 1 to Oct 2 to Oct 3', 'That has more than two ends.'],
    ['Oct 1 Mars/Olympus', 'There is no time zone “Mars/Olympus”.'],
    ['x'.repeat(500), 'That is too long for a range.'],
  ])('%j', (typed, why) => {
    expect(parsed(typed)).toEqual({ why });
  });

  it('never throws, whatever is typed, and answers a range that can be shown', () => {
    const words = fc.constantFrom(
      'oct',
      '31',
      'to',
      '-',
      'last',
      'week',
      '09:00',
      'feb',
      '2024',
      'ago',
      'since',
      'q9',
      '–',
      'pm',
      '1',
      'h',
      '/',
      't',
      'utc',
    );
    let understood = 0;
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 60 }),
          fc.array(words, { maxLength: 7 }).map((all) => all.join(' ')),
        ),
        fc.constantFrom(...ZONES),
        (typed, zone) => {
          const found = parsed(typed, NOW, zone);
          if ('why' in found) return;
          understood++;
          expect(timeSearch.parse(found.search)).toEqual(found.search);
          const range = rangeOf(found.search, NOW);
          expect(range.from.getTime()).toBeLessThan(range.to.getTime());
        },
      ),
      { seed: SEED, numRuns: 2000 },
    );
    expect(understood).toBeGreaterThan(20);
  });

  it('names only what is understood', () => {
    const examples = UNDERSTOOD.replace('Understood: ', '').split(/[;,] /).slice(0, 7);
    expect(examples).toHaveLength(7);
    for (const example of examples) expect(parsed(example, '2026-11-27T00:00:00Z')).toHaveProperty('search');
  });
});

describe('what it means', () => {
  it('slides with now unless it says otherwise', () => {
    expect(rangeOf({}, NOW)).toMatchObject({ sliding: '6h', moving: true });
    const { from, to } = rangeOf({ t: '1h' }, NOW);
    expect(to.toISOString()).toBe('2026-11-21T13:30:10.000Z');
    expect(to.getTime() - from.getTime()).toBe(HOUR);
    expect(rangeOf({ from: '2026-11-21T13:00:00.000Z' }, NOW)).toMatchObject({ moving: true });
  });

  it('is shown in full, with year and zone', () => {
    const fixed = rangeOf(search('Nov 19 09:00 to Nov 20 10:00'), NOW);
    expect(rangeLabel(fixed, 'UTC')).toBe('19 Nov 2026 09:00 – 20 Nov 2026 10:00 UTC');
    expect(rangeLabel(fixed, 'Asia/Kolkata')).toBe('19 Nov 2026 14:30 – 20 Nov 2026 15:30 Asia/Kolkata');
    expect(rangeLabel(rangeOf({ t: '7d' }, NOW), 'UTC')).toBe('Past 7d');
    expect(rangeInFull(rangeOf({ t: '1h' }, NOW), 'UTC')).toBe(
      '21 Nov 2026 12:30:10 – 21 Nov 2026 13:30:10 UTC',
    );
    expect(rangeLabel(rangeOf(search('since Jun 1'), NOW), 'UTC')).toBe('Since 1 Jun 2026 00:00 UTC');
    expect(rangeLabel(rangeOf(search('yesterday'), NOW), 'UTC')).toBe('20 Nov 2026 UTC');
  });

  it('is understood as it is shown, in every zone', () => {
    let asserted = 0;
    const seconds = instant.map((text) => `${text.slice(0, 19)}.000Z`);
    fc.assert(
      fc.property(seconds, seconds, fc.boolean(), fc.constantFrom(...ZONES), (a, b, days, zone) => {
        const whole = (at: string) =>
          new Date(
            instantOf({ ...civilOf(Date.parse(at), zone), hour: 0, minute: 0, second: 0 }, zone),
          ).toISOString();
        const [from, to] = (days ? [whole(a), whole(b)] : [a, b]).toSorted() as [string, string];
        fc.pre(
          from !== to &&
            [from, to].every(
              (at) => offsetAt(Date.parse(at) - 3 * HOUR, zone) === offsetAt(Date.parse(at) + 3 * HOUR, zone),
            ),
        );
        asserted++;
        const later = Date.parse('2100-06-01T00:00:00Z');
        expect(search(rangeLabel(rangeOf({ from, to }, later), zone), later, 'UTC')).toEqual({
          from,
          to,
          tz: zone,
        });
      }),
      { seed: SEED, numRuns: 300 },
    );
    expect(asserted).toBeGreaterThan(250);
  });

  it('comes back after a step there and a step back, and after zooming out and in', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 60_000, max: 100 * 24 * HOUR }), (from, length) => {
        const written = { from, to: new Date(Date.parse(from) + length).toISOString() };
        const range = rangeOf(written, NOW);
        expect(rangeOf(shift(rangeOf(shift(range, 1), NOW), -1), NOW).from.getTime()).toBeCloseTo(
          range.from.getTime(),
          -1,
        );
        expect(rangeOf(zoom(rangeOf(zoom(range, 2), NOW), 0.5), NOW).to.getTime()).toBeCloseTo(
          range.to.getTime(),
          -1,
        );
      }),
      { seed: SEED },
    );
  });

  it('stays in the URL as it is', () => {
    const tz = fc.constantFrom('local', ...ZONES);
    const written = fc.oneof(
      fc.record({ t: fc.stringMatching(/^[1-9]\d{0,3}(m|h|d|w|mo)$/) }),
      fc.record({ from: instant, tz }),
      fc.record({ from: instant, to: instant }),
    );
    fc.assert(
      fc.property(written, (range: TimeSearch) => {
        expect(timeSearch.parse(defaultParseSearch(defaultStringifySearch(range)))).toEqual(range);
      }),
      { seed: SEED },
    );
  });

  it('forgets what it does not understand', () => {
    expect(timeSearch.parse({ t: '6 fortnights', from: 'yesterday', to: 7, tz: 'Mars/Olympus' })).toEqual({});
  });
});
