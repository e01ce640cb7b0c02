import { expect, test } from 'vitest';
import type { PolicyTool } from '../document/kinds/tool.js';
import { EMPTY_POLICY, type PolicyDocument } from '../document/policy-document.js';
import { ownCells, setCells, setEffect, withCondition } from './cell-edits.js';

const tool = (of: PolicyTool['class']): PolicyTool => ({
  class: of,
  justification: 'as recorded in the seed',
  description: '',
  owner: '',
  server: '',
  reversible: false,
  schema: {},
  untrustedOutput: false,
});
const document: PolicyDocument = {
  ...EMPTY_POLICY,
  tools: { look: tool('read'), pay: tool('dangerous'), sign: tool('human_only') },
  roles: { clerk: { title: '', description: '', inherits: [] } },
  cells: [{ role: 'clerk', tool: 'pay', effect: 'approve', when: 'args.amount < 100' }],
};
const all = Object.keys(document.tools).map((name) => ({ role: 'clerk', tool: name }));

test('a bulk Allow leaves human-only tools alone and says which', () => {
  const { edits, refused } = setEffect(document, all, 'allow');
  expect(refused).toEqual([{ role: 'clerk', tool: 'sign' }]);
  expect(edits.map((edit) => edit.kind === 'cell' && edit.tool)).toEqual(['look', 'pay']);
});

test('a human-only tool may be asked for, denied and let go of', () => {
  for (const effect of ['approve', 'deny', null] as const)
    expect(setEffect(document, all, effect).refused).toEqual([]);
});

test('a bulk edit keeps the condition of a cell that has one', () => {
  expect(setEffect(document, all, 'deny').edits).toContainEqual({
    kind: 'cell',
    role: 'clerk',
    tool: 'pay',
    value: { effect: 'deny', when: 'args.amount < 100' },
  });
});

test('a pasted Allow is refused as a chosen one is', () => {
  expect(setCells(document, [{ role: 'clerk', tool: 'sign', value: { effect: 'allow' } }]).edits).toEqual([]);
});

test('an empty condition is none', () => {
  expect(withCondition('allow', '  ')).toEqual({ effect: 'allow' });
  expect(withCondition('allow', ' true ')).toEqual({ effect: 'allow', when: 'true' });
});

test('names that only differ in where they are parted are different cells', () => {
  const own = ownCells({
    ...document,
    cells: [{ role: 'a\nb', tool: 'c', effect: 'allow' }],
  });
  expect(own({ role: 'a', tool: 'b\nc' })).toBeUndefined();
});
