import { describe, expect, it } from 'vitest';
import { bucketSecondsFor, seriesOf, totalsOf } from './buckets.js';

const at = (text: string) => new Date(`2026-11-21T${text}Z`);

describe('buckets', () => {
  it('keeps a chart within 120 buckets', () => {
    expect(bucketSecondsFor(at('00:00:00'), at('00:02:00'))).toBe(1);
    expect(bucketSecondsFor(at('06:00:00'), at('12:00:00'))).toBe(300);
    expect(bucketSecondsFor(new Date(0), at('12:00:00'))).toBe(604_800);
  });

  it('has every bucket of the time, with zeros where nothing was counted', () => {
    const rows = [{ at: at('10:05:00'), effect: 'deny' as const, count: 3 }];
    const series = seriesOf(rows, at('10:02:00'), at('10:20:00'), 300);
    expect(series.map((bucket) => bucket.at.toISOString().slice(11, 16))).toEqual([
      '10:00',
      '10:05',
      '10:10',
      '10:15',
    ]);
    expect(series.map((bucket) => bucket.deny)).toEqual([0, 3, 0, 0]);
  });

  it('adds up', () => {
    const totals = totalsOf([
      { effect: 'allow', count: 4 },
      { effect: 'deny', count: 2 },
    ]);
    expect(totals).toMatchObject({ evaluations: 6, allow: 4, deny: 2, approve: 0 });
  });
});
