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

test('modes are nested: what a stricter one permits, a milder one does', () => {
  const modes = ['read_only', 'answers_only', 'stopped'] as const;
  fc.assert(
    fc.property(request, (any) => {
      const passes = modes.map(
        (mode) => killSwitch.check(any, known({ switches: [one({ mode })] })).effect === 'pass',
      );
      expect(passes).toEqual(passes.toSorted((a, b) => Number(b) - Number(a)));
      expect(passes[2]).toBe(false);
    }),
  );
});

test('the order of the switches changes neither effect nor mode', () => {
  fc.assert(
    fc.property(request, fc.array(anySwitch, { maxLength: 4 }), (any, switches) => {
      const { effect, mode } = killSwitch.check(any, known({ switches }));
      expect(killSwitch.check(any, known({ switches: switches.toReversed() }))).toMatchObject({
        effect,
        ...(mode && { mode }),
      });
    }),
  );
});
