import { describe, expect, it } from 'vitest';
import { langfuseState, receiverState } from './connection-words.js';

const AT = '2026-11-26T12:00:00Z';

describe('what is not known is not drawn as good', () => {
  it.each([
    [{ state: 'active', error: null, pulledAt: null }, 'unknown'],
    [{ state: 'active', error: null, pulledAt: AT }, 'ok'],
    [{ state: 'active', error: 'no answer in time', pulledAt: AT }, 'warn'],
    [{ state: 'paused', error: null, pulledAt: AT }, 'unknown'],
    [{ state: 'stopped', error: 'the server does not take the key', pulledAt: AT }, 'crit'],
  ] as const)('a connection %o', (of, tone) => {
    expect(langfuseState(of).tone).toBe(tone);
  });

  it.each([
    [{ lastSeen: null, rejected: 0 }, 'unknown'],
    [{ lastSeen: AT, rejected: 0 }, 'ok'],
    [{ lastSeen: AT, rejected: 3 }, 'warn'],
  ] as const)('a receiver %o', (of, tone) => {
    expect(receiverState(of).tone).toBe(tone);
  });
});
