import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { windowWords } from '../../shared/policy-draft/change-words.js';
import { BLANK, countedText, formOf, read } from './quota-form.js';
import { fullestFirst, parseWindow, quotaName, shareOf, usesOf } from './quota-rows.js';

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
    const uses = [use('wide', 50), use('tight', 1), use('tight', 3)];
    const rows = Object.entries({ idle: quota(1), wide: quota(100), tight: quota(4) }).map(
      ([name, value]) => ({ name, value }),
    );
    expect(rows.sort(fullestFirst(uses)).map(({ name }) => name)).toEqual(['tight', 'wide', 'idle']);
    expect(usesOf('tight', uses)?.map(({ used }) => used)).toEqual([3, 1]);
    expect(usesOf('tight', undefined)).toBeUndefined();
    expect([shareOf(3, 4), shareOf(0, 0), shareOf(1, 0)]).toEqual([0.75, 0, Infinity]);
  });

  it('count a tool, a class, a type or one action on it, and say so when they are edited again', () => {
    for (const counts of [
      { tool: 'pay' },
      { toolClass: 'dangerous' as const },
      { resourceType: 'record' },
      { resourceType: 'record', action: 'write' },
    ]) {
      const form = { ...BLANK, counts: countedText(counts) };
      const result = read(form);
      expect(result).toEqual({ value: { ...counts, per: 'user', limit: 60, windowSeconds: 60 } });
      expect('value' in result && formOf(result.value)).toEqual(form);
    }
    expect(read(BLANK)).toEqual({ problems: {} });
    expect(read({ ...BLANK, window: '1 fortnight' })).toHaveProperty('problems.window');
  });

  it('get a name nobody has', () => {
    expect(quotaName(quota(1), {})).toBe('pay-user');
    expect(quotaName(quota(1), { 'pay-user': 1, 'pay-user-2': 1 })).toBe('pay-user-3');
  });
});
