import { expect, test } from 'vitest';
import { asked, known } from '../../cases/situation.js';
import { askedFor } from './arguments.js';

test('arguments that fit', () => {
  expect(askedFor.check(asked(), known())).toEqual({ effect: 'pass' });
});

test('arguments that do not fit: each path and what is wrong, no value', () => {
  const finding = askedFor.check(asked({ arguments: { order_id: 'hunter2', more: 'hunter2' } }), known());
  expect(finding).toMatchObject({
    effect: 'deny',
    reason: 'invalid_arguments',
    detail: { tool: 'find_order' },
  });
  expect(JSON.stringify(finding)).not.toContain('hunter2');
});

test('a tool nobody knows, an action nobody governs', () => {
  const unknown = asked({ resource: { type: 'tool', id: 'valueOf', properties: {} } });
  expect(askedFor.check(unknown, known())).toMatchObject({ effect: 'deny', reason: 'unknown_tool' });
  const other = asked({ action: { name: 'tools/list', properties: {} } });
  expect(askedFor.check(other, known())).toMatchObject({ effect: 'deny', reason: 'unknown_action' });
});
