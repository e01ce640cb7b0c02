import fc from 'fast-check';
import { expect, test } from 'vitest';
import { policyDocument } from '../../cases/arbitrary.js';
import { EMPTY_POLICY, type PolicyDocument } from '../document/policy-document.js';
import type { PolicyCell } from '../matrix/cell.js';
import { Answers, sameAnswer } from '../matrix/answer.js';
import { targetOf } from '../matrix/target.js';
import { effectsOf } from './effects.js';

const role = (...inherits: string[]) => ({ title: '', description: '', inherits });
const tool = (of: PolicyDocument['tools'][string]['class'] = 'write') => ({
  class: of,
  justification: 'for the test',
  description: '',
  owner: '',
  server: '',
  reversible: false,
  schema: {},
  untrustedOutput: false,
});
const base: PolicyDocument = {
  ...EMPTY_POLICY,
  tools: { pay: tool(), find: tool('read') },
  roles: { agent: role(), lead: role('agent'), other: role() },
};
const cell = (role: string, effect: PolicyCell['effect'], when?: string): PolicyCell => ({
  role,
  tool: 'pay',
  effect,
  ...(when !== undefined && { when }),
});
const words = (before: PolicyDocument, after: PolicyDocument) =>
  effectsOf(before, after).map((effect) =>
    effect.kind === 'permission'
      ? `${effect.direction}: ${effect.role}/${effect.tool} ${effect.before.effect} -> ${effect.after.effect}${effect.inheritedFrom === null ? '' : ` from ${effect.inheritedFrom}`}`
      : effect.kind === 'counting'
        ? `${effect.direction}: ${effect.quota} ${effect.counts ? 'counts' : 'counts no more'} ${effect.tool}`
        : `${effect.direction}: ${effect.change.kind} ${effect.change.name}`,
  );

test('one cell changes whoever inherits it', () => {
  expect(words(base, { ...base, cells: [cell('agent', 'allow')] })).toEqual([
    'widens: agent/pay none -> allow',
    'widens: lead/pay none -> allow from agent',
  ]);
});

test('a role with an answer of its own is not changed by what it inherits', () => {
  const own = { ...base, cells: [cell('lead', 'deny')] };
  expect(words(own, { ...own, cells: [...own.cells, cell('agent', 'allow')] })).toEqual([
    'widens: agent/pay none -> allow',
  ]);
});

test('a cell that decides nothing is shown as what it is', () => {
  const denied = { ...base, cells: [cell('agent', 'deny')] };
  expect(words(denied, { ...denied, cells: [...denied.cells, cell('lead', 'allow')] })).toEqual([
    'neutral: cell lead/pay',
  ]);
});

test('parents change what a role may do, widening first', () => {
  const cells = [
    cell('agent', 'allow'),
    { ...cell('other', 'deny'), tool: 'find' },
    cell('other', 'approve'),
  ];
  const before = { ...base, cells };
  expect(words(before, { ...before, roles: { ...base.roles, lead: role('other') } })).toEqual([
    'widens: role lead',
    'narrows: lead/find none -> deny from other',
    'narrows: lead/pay allow -> approve from other',
  ]);
});

test('a removed role takes its answers along, a removed tool everybody’s', () => {
  const before = { ...base, cells: [cell('agent', 'allow')] };
  expect(words(before, { ...base, roles: { lead: role(), other: role() } })).toEqual([
    'narrows: agent/pay allow -> none from agent'.replace(' from agent', ''),
    'narrows: lead/pay allow -> none from agent',
    'narrows: role agent',
    'narrows: role lead',
  ]);
  expect(words(before, { ...base, tools: { find: tool('read') } })).toEqual([
    'narrows: agent/pay allow -> none',
    'narrows: lead/pay allow -> none from agent',
    'narrows: tool pay',
  ]);
});

test('a tool of another class leaves the quotas of its old one', () => {
  const quotas = {
    writes: { per: 'tenant' as const, toolClass: 'write' as const, limit: 1, windowSeconds: 60 },
  };
  const before = { ...base, quotas };
  expect(words(before, { ...before, tools: { ...base.tools, pay: tool('dangerous') } })).toEqual([
    'widens: writes counts no more pay',
    'read_it_yourself: tool pay',
  ]);
});

test('every role and tool whose answer is another one is listed, and no other', () => {
  let listed = 0;
  fc.assert(
    fc.property(policyDocument, policyDocument, (before, after) => {
      const [was, is] = [new Answers(before), new Answers(after)];
      const names = (of: 'roles' | 'tools') => Object.keys({ ...before[of], ...after[of] });
      const cells = [...before.cells, ...after.cells];
      const tools = [...new Set([...names('tools'), ...cells.map(targetOf)])];
      const differing = names('roles').flatMap((role) =>
        tools
          .filter((tool) => !sameAnswer(was.answer(role, tool), is.answer(role, tool)))
          .map((tool) => `${role} ${tool}`),
      );
      const effects = effectsOf(before, after).flatMap((effect) =>
        effect.kind === 'permission' ? [`${effect.role} ${effect.tool}`] : [],
      );
      listed += effects.length;
      expect(effects.toSorted()).toEqual(differing.toSorted());
    }),
    { seed: 6, numRuns: 300 },
  );
  expect(listed).toBeGreaterThan(1_000);
});

test('200 roles and 1,000 tools: a change everybody inherits', () => {
  const roles = Object.fromEntries([
    ['base', role()],
    ...Array.from({ length: 199 }, (_, i) => [`role_${i}`, role('base')] as const),
  ]);
  const tools = Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`tool_${i}`, tool()]));
  const cells = Object.keys(tools).map((name) => ({ ...cell('base', 'approve'), tool: name }));
  const before = { ...base, roles, tools, cells };
  const after = { ...before, cells: cells.map((one) => ({ ...one, effect: 'allow' as const })) };
  expect(effectsOf(before, after)).toHaveLength(200_000);
});
