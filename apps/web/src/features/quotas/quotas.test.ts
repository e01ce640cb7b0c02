import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { windowWords } from '../../shared/policy-draft/change-words.js';
import { parseWindow, quotaName, quotaRows } from './quota-rows.js';

test('a window is read as it is written', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 31 * 86_400 }), (seconds) => {
      expect(parseWindow(windowWords(seconds))).toBe(seconds);
    }),
  );
});

it.each(['', '5', '5 weeks', '0 s', '32 d', '1.5 h', '-1 h'])('%j is no window', (text) => {
  expect(parseWindow(text)).toBeNull();
});

describe('quotas', () => {
  const quota = (limit: number) => ({ per: 'user' as const, tool: 'pay', limit, windowSeconds: 60 });
  const use = (name: string, used: number) => ({
    quota: name,
    holder: `user/${used}`,
    used,
    limit: 0,
    remaining: 0,
    resetsAt: null,
  });

  it('are listed by how near their fullest holder is to the limit', () => {
    const rows = quotaRows(
      { quotas: { wide: quota(100), tight: quota(4), idle: quota(1) } },
      [use('wide', 50), use('tight', 1), use('tight', 3)],
      '',
    );
    expect(rows.map(({ name, share }) => [name, share])).toEqual([
      ['tight', 0.75],
      ['wide', 0.5],
      ['idle', 0],
    ]);
    expect(rows[0]!.use?.map(({ used }) => used)).toEqual([3, 1]);
  });

  it('get a name nobody has', () => {
    expect(quotaName(quota(1), {})).toBe('pay-user');
    expect(quotaName(quota(1), { 'pay-user': 1, 'pay-user-2': 1 })).toBe('pay-user-3');
  });
});
