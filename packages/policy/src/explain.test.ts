import { describe, expect, test } from 'vitest';
import { explain } from './explain.js';
import { REASON_CODES } from './reasons.js';

test('the sentences are filled from the detail', () => {
  const detail = { guardrail: 'g', check: 'c', message: 'Only in euro.' };
  expect(explain({ reason: 'guardrail_failed', detail })).toEqual({
    user: 'Only in euro.',
    admin: 'Guardrail g, check c: Only in euro.',
  });
});

test('a quota that never resets, a switch on everything', () => {
  expect(explain({ reason: 'quota_exceeded', detail: { quota: 'q', resetsAt: null } }).user).toContain(
    'until never',
  );
  expect(
    explain({ reason: 'kill_switch_stopped', detail: { scope: 'global', target: '', reason: 'drill' } })
      .admin,
  ).toContain('global: everything');
});

test('text from the detail is not read as a template, nor as a replacement pattern', () => {
  expect(
    explain({ reason: 'guardrail_failed', detail: { message: '{guardrail} $& {__proto__}' } }).user,
  ).toBe('{guardrail} $& {__proto__}');
});

describe.each(REASON_CODES)('%s', (reason) => {
  test('has two whole sentences, without detail too', () => {
    const { user, admin } = explain({ reason, detail: {} });
    expect([user, admin].filter((sentence) => sentence.length < 3 || sentence.includes('{'))).toEqual([]);
  });
});
