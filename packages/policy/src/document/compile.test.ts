import { expect, test } from 'vitest';
import { loadPolicy } from '../../cases/load.js';
import { EMPTY_POLICY } from './policy-document.js';
import { checkPolicy } from './check.js';
import { compilePolicy } from './compile.js';

const policy = compilePolicy(loadPolicy());

test('permissions are made once a set of roles, whatever their order', () => {
  expect(policy.permissionsOf(['agent', 'trainee'])).toBe(policy.permissionsOf(['trainee', 'agent']));
  expect(policy.permissionsOf(['agent'])).not.toBe(policy.permissionsOf(['trainee']));
});

test('a role brings all it inherits, once, and unknown names bring nothing', () => {
  expect(policy.permissionsOf(['supervisor']).roles).toEqual(['supervisor', 'senior', 'agent']);
  expect(policy.permissionsOf(['agent', 'senior', 'agent\nsupervisor', '__proto__']).roles).toEqual([
    'agent',
    'senior',
  ]);
  expect(policy.permissionsOf([]).roles).toEqual([]);
});

test('roles in a circle end', () => {
  const role = (...inherits: string[]) => ({ title: '', description: '', inherits });
  const circle = compilePolicy({ ...EMPTY_POLICY, roles: { a: role('b'), b: role('a') } });
  expect(circle.permissionsOf(['a']).roles).toEqual(['a', 'b']);
});

const call = (tool: string) => ({
  action: { name: 'tools/call', properties: {} },
  resource: { type: 'tool', id: tool, properties: {} },
});

test('a tool has the quotas on it and on its class, and the guardrails that are on', () => {
  expect(policy.quotasOn(call('refund')).map(({ name }) => name)).toEqual([
    'dangerous_in_total',
    'refunds_per_user',
  ]);
  expect(policy.quotasOn(call('constructor'))).toEqual([]);
  expect(policy.tools.get('find_order')?.guardrails).toEqual([]);
  expect(policy.tools.get('export_orders')?.guardrails.map(({ name }) => name)).toEqual([
    'export_inside',
    'export_small',
  ]);
});

test('a type that is called tool is none: tools keep their arguments’ schema', () => {
  const document = loadPolicy();
  const actions = { 'tools/call': { class: 'read' as const, title: '' } };
  const tool = { title: '', description: '', actions, schema: {}, register: 'optional' as const };
  const compiled = compilePolicy({ ...document, resourceTypes: { tool } });
  expect(compiled.resourceTypes.size).toBe(0);
});

test('a policy is the same whatever the order of its members', () => {
  const document = loadPolicy();
  const turned = compilePolicy({
    ...document,
    guardrails: Object.fromEntries(Object.entries(document.guardrails).toReversed()),
    quotas: Object.fromEntries(Object.entries(document.quotas).toReversed()),
  });
  expect(turned.quotasOn(call('refund'))).toEqual(policy.quotasOn(call('refund')));
  expect(turned.tools.get('export_orders')?.guardrails.map(({ name }) => name)).toEqual([
    'export_inside',
    'export_small',
  ]);
});

test('a broken schema fits nothing; the rules beside it have no problem', () => {
  expect(policy.tools.get('misconfigured')?.check({})).toHaveLength(1);
  expect(checkPolicy(loadPolicy()).map(({ path }) => path)).toEqual(['/tools/misconfigured/schema']);
});
