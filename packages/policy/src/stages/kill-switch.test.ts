import fc from 'fast-check';
import { expect, test } from 'vitest';
import { killSwitch as anySwitch, request } from '../../cases/arbitrary.js';
import { asked, known } from '../../cases/situation.js';
import type { KillSwitch } from '../vocabulary.js';
import { killSwitch } from './kill-switch.js';

const one = (over: Partial<KillSwitch>): KillSwitch => ({
  id: 'k',
  scope: 'tenant',
  target: '',
  mode: 'stopped',
  reason: 'drill',
  ...over,
});
const check = (...switches: KillSwitch[]) => killSwitch.check(asked(), known({ switches }));

test('no switch, no objection and no mode', () => {
  expect(check()).toEqual({ effect: 'pass' });
});

test('a switch that permits the request is said to be on', () => {
  expect(check(one({ mode: 'read_only' }))).toEqual({ effect: 'pass', mode: 'read_only' });
});

test('the answer names the switch that stopped it', () => {
  expect(
    check(one({ id: 'a', mode: 'read_only' }), one({ id: 'b', scope: 'tool', target: 'find_order' })),
  ).toEqual({
    effect: 'deny',
    reason: 'kill_switch_stopped',
    mode: 'stopped',
    detail: { id: 'b', scope: 'tool', target: 'find_order', reason: 'drill' },
  });
});

test('of equal ones the first speaks', () => {
  expect(check(one({ id: 'a' }), one({ id: 'b' }))).toMatchObject({ detail: { id: 'a' } });
});

test('a tool switch and a class switch are about tools: a document of the same name goes on', () => {
  const document = asked({ resource: { type: 'document', id: 'find_order', properties: {} } });
  const switches = [
    one({ scope: 'tool', target: 'find_order' }),
    one({ scope: 'tool_class', target: 'read' }),
  ];
  expect(killSwitch.check(document, known({ switches }))).toEqual({ effect: 'pass' });
});

/** Questions of every kind that a mode tells apart, about tools that the policy knows among them. */
const anyQuestion = fc
  .tuple(
    request,
    fc.constantFrom('tools/call', 'models/call', 'messages/send', 'resources/read', 'nobody/knows'),
    fc.constantFrom('find_order', 'refund', 'unheard_of'),
    fc.constantFrom('tool', 'document'),
  )
  .map(([any, name, id, type]) => ({
    ...any,
    action: { ...any.action, name },
    resource: { ...any.resource, type, id },
  }));

test('modes are nested: what a stricter one permits, a milder one does', () => {
  const modes = ['read_only', 'answers_only', 'stopped'] as const;
  const passed = { read_only: 0, answers_only: 0 };
  fc.assert(
    fc.property(anyQuestion, (any) => {
      const passes = modes.map(
        (mode) => killSwitch.check(any, known({ switches: [one({ mode })] })).effect === 'pass',
      );
      expect(passes).toEqual(passes.toSorted((a, b) => Number(b) - Number(a)));
      expect(passes[2]).toBe(false);
      passed.read_only += Number(passes[0]);
      passed.answers_only += Number(passes[1]);
    }),
    { numRuns: 500, seed: 20 },
  );
  expect(passed.read_only).toBeGreaterThan(100);
  expect(passed.answers_only).toBeGreaterThan(50);
});

test('the order of the switches changes neither effect nor mode', () => {
  let stopped = 0;
  fc.assert(
    fc.property(anyQuestion, fc.array(anySwitch, { maxLength: 4 }), (any, switches) => {
      const { effect, mode } = killSwitch.check(any, known({ switches }));
      stopped += Number(effect === 'deny' && switches.length > 1);
      expect(killSwitch.check(any, known({ switches: switches.toReversed() }))).toMatchObject({
        effect,
        ...(mode && { mode }),
      });
    }),
    { numRuns: 500, seed: 20 },
  );
  expect(stopped).toBeGreaterThan(100);
});
