import { describe, expect, it } from 'vitest';
import { changeLines, headlineOf, subjectOf } from '../../shared/records/change-words.js';
import { bucketLabel, tickLabel, ticksOf } from '../../shared/charts/buckets.js';
import { prepare } from './effects-series.js';
import { heatOf, ROWS } from './heat.js';
import type { Overview } from './overview.queries.js';

const FROM = Date.parse('2026-11-21T08:00:00Z');
const MINUTE = 60_000;
const at = (minutes: number): string => new Date(FROM + minutes * MINUTE).toISOString();
const none = { allow: 0, confirm: 0, approve: 0, replay: 0, deny: 0 };

const change = (
  minutes: number,
  action = 'policy.publish',
  target = 'policy:3',
): Overview['changes'][number] => ({
  tenant: 'airline',
  seq: String(minutes),
  at: at(minutes),
  actor: 'Ana',
  action,
  target,
  reason: `at ${minutes}`,
});

function overview(of: Partial<Overview> = {}): Overview {
  return {
    from: at(0),
    to: at(360),
    bucketSeconds: 300,
    totals: { evaluations: 0, ...none },
    previous: { evaluations: 0, ...none },
    series: Array.from({ length: 72 }, (_, i) => ({ at: at(i * 5), ...none })),
    denials: [],
    reasons: [],
    changes: [],
    inForce: [],
    outcomes: { reported: 0, succeeded: 0, failed: 0, notExecuted: 0, drifted: 0, missing: 0, ungoverned: 0 },
    ...of,
  };
}

describe('the chart', () => {
  it('draws zeros where nothing was counted', () => {
    const { buckets, marks, stopped } = prepare(overview(), 800, 'UTC');
    expect(buckets).toHaveLength(72);
    expect(buckets.every(({ allow, deny }) => allow === 0 && deny === 0)).toBe(true);
    expect([marks, stopped]).toEqual([[], []]);
  });

  it('sets a mark on the bucket of its change, and one mark for changes that would touch', () => {
    const { marks } = prepare(overview({ changes: [change(200), change(62), change(61)] }), 800, 'UTC');
    expect(marks.map((mark) => [mark.at, mark.changes])).toEqual([
      [at(60), 2],
      [at(200), 1],
    ]);
    expect(marks[0]!.label.split('\n')).toHaveLength(2);
    // Twelve minutes of six hours are 27 px of 800, and 40 px of 1,200.
    const apart = overview({ changes: [change(74), change(62)] });
    expect([800, 1_200].map((width) => prepare(apart, width, 'UTC').marks.length)).toEqual([1, 2]);
  });

  it('a stop is what a mark of many shows', () => {
    const stop = change(61, 'kill_switch.engage', 'kill_switch:tenant');
    expect(prepare(overview({ changes: [change(62), stop] }), 800, 'UTC').marks[0]!.kind).toBe('stopped');
    expect(prepare(overview({ changes: [change(61, 'kill_switch.lift')] }), 800, 'UTC').marks[0]!.kind).toBe(
      'lifted',
    );
  });

  it('shades from the stop to its lift, to the edges where either lies outside', () => {
    const stop = change(61, 'kill_switch.engage', 'kill_switch:tenant');
    const lift = change(93, 'kill_switch.lift', 'kill_switch:tenant');
    expect(prepare(overview({ changes: [lift, stop] }), 800, 'UTC').stopped).toEqual([
      { from: at(60), to: at(90) },
    ]);
    expect(prepare(overview({ changes: [lift] }), 800, 'UTC').stopped).toEqual([{ from: at(0), to: at(90) }]);
    const inForce = [{ engagedAt: at(61) }] as Overview['inForce'];
    expect(prepare(overview({ changes: [stop], inForce }), 800, 'UTC').stopped).toEqual([
      { from: at(60), to: at(355) },
    ]);
  });

  it('labels round times only, ten at most', () => {
    const buckets = (step: number, n: number) =>
      Array.from({ length: n }, (_, i) => new Date(FROM + 10 * MINUTE + i * step * MINUTE).toISOString());
    expect(ticksOf(buckets(5, 72), 360 * MINUTE, 'UTC').map((each) => each.slice(11, 16))).toEqual([
      '09:00',
      '10:00',
      '11:00',
      '12:00',
      '13:00',
      '14:00',
    ]);
    for (const [step, n] of [
      [1, 15],
      [10, 100],
      [60, 120],
      [1440, 30],
    ] as const)
      expect(ticksOf(buckets(step, n), step * n * MINUTE, 'UTC').length).toBeLessThanOrEqual(11);
    expect(ticksOf([], 360 * MINUTE, 'UTC')).toEqual([]);
  });

  it('labels what is round where the page is', () => {
    const hours = Array.from({ length: 48 }, (_, i) => new Date(FROM + i * 30 * MINUTE).toISOString());
    const labels = ticksOf(hours, 24 * 60 * MINUTE, 'Asia/Kolkata').map((each) =>
      tickLabel(each, 24 * 60 * MINUTE, 'Asia/Kolkata'),
    );
    expect(labels.slice(0, 3)).toEqual(['15:00', '18:00', '21:00']);
  });

  it('labels seconds where minutes would leave next to no label', () => {
    const seconds = Array.from({ length: 90 }, (_, i) => new Date(FROM + i * 1_000).toISOString());
    expect(ticksOf(seconds, 1.5 * MINUTE, 'UTC').map((each) => tickLabel(each, 1.5 * MINUTE, 'UTC'))).toEqual(
      [
        '08:00:00',
        '08:00:10',
        '08:00:20',
        '08:00:30',
        '08:00:40',
        '08:00:50',
        '08:01:00',
        '08:01:10',
        '08:01:20',
      ],
    );
    expect(tickLabel('2026-11-21T09:00:00Z', 15 * MINUTE, 'UTC')).toBe('09:00');
    expect(bucketLabel('2026-11-21T09:00:58Z', 1, 'UTC')).toBe('21 Nov 2026, 09:00:58 to 09:00:59');
  });

  it('says the day where a day begins', () => {
    const day = 24 * 60 * MINUTE;
    expect(tickLabel('2026-11-21T09:00:00Z', day, 'UTC')).toBe('09:00');
    expect(tickLabel('2026-11-21T00:00:00Z', 3 * day, 'UTC')).toBe('21 Nov');
    expect(tickLabel('2026-11-21T12:00:00Z', 30 * day, 'UTC')).toBe('21 Nov');
  });
});

describe('what changed', () => {
  it.each([
    ['policy:3', 'revision 3'],
    ['kill_switch:global', 'every tenant'],
    ['kill_switch:tool:cancel_reservation', 'tool cancel_reservation'],
    ['kill_switch:tool_class:dangerous', 'tool class dangerous'],
    ['api_key:01a1fe4d-fdd3-7619-804f-0123456789ab', '01a1fe4d'],
    ['subjects', ''],
  ])('%s is %s', (target, subject) => {
    expect(subjectOf(target)).toBe(subject);
  });

  it('has words for an action it does not know', () => {
    expect(headlineOf('api_key.create')).toBe('API key created');
    expect(headlineOf('guardrail.turn_off')).toBe('Guardrail turn off');
  });

  it('tells the same change many times in a row once', () => {
    const same = { ...change(3, 'api_key.create'), reason: 'First start' };
    const lines = changeLines([same, { ...same, seq: '2' }, change(1)]);
    expect(lines.map(({ seq, times }) => [seq, times])).toEqual([
      ['3', 2],
      ['1', 1],
    ]);
  });
});

describe('denials by tool and tenant', () => {
  const cell = (tool: string, count: number, tenant = 'airline') => ({
    tool,
    tenant,
    count,
    evaluations: 100,
  });

  it('warms with the count, and only what was denied is warm', () => {
    const { rows } = heatOf(
      [cell('a', 60), cell('b', 1), cell('c', 0), cell('b', 30, 'retail')],
      ['airline', 'retail'],
    );
    expect(rows.map(({ tool, total }) => [tool, total])).toEqual([
      ['a', 60],
      ['b', 31],
    ]);
    expect(rows.map(({ cells }) => cells.map(({ step }) => step))).toEqual([
      [6, 0],
      [1, 3],
    ]);
  });

  it('shows the most denied and counts the rest', () => {
    const { rows, more } = heatOf(
      Array.from({ length: ROWS + 4 }, (_, i) => cell(`tool_${i}`, i + 1)),
      ['airline'],
    );
    expect([rows.length, more, rows[0]!.total]).toEqual([ROWS, 4, ROWS + 4]);
  });

  it('has nothing to show when nothing was denied', () => {
    expect(heatOf([cell('a', 0)], ['airline'])).toMatchObject({ rows: [], more: 0 });
  });
});
