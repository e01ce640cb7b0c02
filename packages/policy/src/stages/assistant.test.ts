import { expect, test } from 'vitest';
import { asked, known } from '../../cases/situation.js';
import { assistant } from './assistant.js';

const check = (name: string | null, tool = 'find_order', type = 'tool') =>
  assistant.check(asked({ assistant: name, resource: { type, id: tool, properties: {} } }), known());

test('a known assistant with the tool on its list', () => {
  expect(check('support')).toEqual({ effect: 'pass' });
});

test.each([
  [null, 'find_order', 'assistant_missing'],
  ['chatbot', 'find_order', 'unknown_assistant'],
  ['retired', 'find_order', 'assistant_disabled'],
  ['back_office', 'change_address', 'tool_not_on_allow_list'],
  ['back_office', 'find_orders', 'unknown_tool'],
])('%s and %s: %s', (name, tool, reason) => {
  expect(check(name, tool)).toMatchObject({ effect: 'deny', reason });
});

test('what is no tool is on no list', () => {
  expect(check('support', 'gpt', 'model')).toEqual({ effect: 'pass' });
});
