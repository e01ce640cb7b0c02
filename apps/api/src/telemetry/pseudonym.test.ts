import type { Span } from '@reeve/telemetry';
import { describe, expect, it } from 'vitest';
import { pseudonymised, pseudonymOf } from './pseudonym.js';

const salt = Buffer.alloc(32, 7);
const span = (of: Partial<Span>): Span =>
  ({
    name: 'chat',
    operation: 'chat',
    user: null,
    thread: null,
    run: null,
    route: null,
    segment: null,
    channel: null,
    environment: null,
    assistant: null,
    version: null,
    agent: null,
    node: null,
    tool: null,
    errorType: null,
    attributes: {},
    ...of,
  }) as Span;

describe('a pseudonym', () => {
  it('is the same for a user of a tenant, another with another salt, and tells neither', () => {
    expect(pseudonymOf(salt, 'mia')).toBe(pseudonymOf(salt, 'mia'));
    expect(pseudonymOf(salt, 'mia')).not.toBe(pseudonymOf(Buffer.alloc(32, 8), 'mia'));
    expect(pseudonymOf(salt, 'mia')).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it('takes with it whatever else of the span names the user', () => {
    const of = pseudonymised(
      span({
        user: 'mia_li',
        name: 'run of mia_li',
        thread: 'thread-mia_li',
        route: '/users/mia_li/orders',
        segment: 'gold',
        attributes: { who: 'mia_li', deep: { list: [{ 'of mia_li': 1 }] }, 'x.mia_li': true, model: 'gpt' },
      }),
      salt,
    );
    expect(of).toMatchObject({
      name: 'chat',
      thread: null,
      route: null,
      segment: 'gold',
      attributes: { model: 'gpt' },
    });
    expect(JSON.stringify(of)).not.toContain('mia_li');
  });

  it('of a short id takes what is that id, and no word that has it by chance', () => {
    const of = pseudonymised(
      span({ user: '4', segment: '4', attributes: { a: 'gpt-4', b: '4', c: 4 } }),
      salt,
    );
    expect(of).toMatchObject({ segment: null, attributes: { a: 'gpt-4' } });
    expect(Object.keys(of.attributes)).toEqual(['a']);
  });
});
