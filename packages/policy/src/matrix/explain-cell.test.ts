import fc from 'fast-check';
import { expect, test } from 'vitest';
import { policyDocument } from '../../cases/arbitrary.js';
import { loadPolicy } from '../../cases/load.js';
import { cellCondition } from './cell.js';
import { explainCell } from './explain-cell.js';

const document = loadPolicy();

test("a role's own cell", () => {
  expect(explainCell(document, 'agent', 'find_order')).toMatchObject({
    effective: { role: 'agent', effect: 'allow' },
    own: { role: 'agent' },
    inherited: false,
    humanOnly: false,
  });
});

test('a cell that comes from another role says from which', () => {
  expect(explainCell(document, 'supervisor', 'find_order')).toMatchObject({
    effective: { role: 'agent', tool: 'find_order' },
    own: null,
    inherited: true,
  });
});

test('several cells, in the order in which they are asked', () => {
  const { cells, own, inherited } = explainCell(document, 'supervisor', 'refund');
  expect(cells.map(({ role, effect }) => `${role} ${effect}`)).toEqual([
    'senior allow',
    'agent allow',
    'supervisor approve',
  ]);
  expect(own?.effect).toBe('approve');
  expect(inherited).toBe(true);
});

test('no cell, an unknown role, an unknown tool: nothing', () => {
  for (const [role, tool] of [
    ['trainee', 'find_order'],
    ['nobody', 'refund'],
    ['agent', 'constructor'],
  ] as const)
    expect(explainCell(document, role, tool)).toEqual({
      effective: null,
      own: null,
      inherited: false,
      cells: [],
      humanOnly: false,
    });
});

test('human_only is said', () => {
  expect(explainCell(document, 'agent', 'close_account').humanOnly).toBe(true);
});

test('an unconditional deny is always what shows', () => {
  let shown = 0;
  fc.assert(
    fc.property(
      policyDocument,
      fc.constantFrom('one', 'two'),
      fc.constantFrom('find', 'pay'),
      (any, role, tool) => {
        const others = any.cells.filter((one) => one.role !== role || one.tool !== tool);
        const denial = { role, tool, effect: 'deny' as const };
        const { cells, effective } = explainCell({ ...any, cells: [...others, denial] }, role, tool);
        expect(effective).toMatchObject({ effect: 'deny' });
        expect(cellCondition(effective ?? {})).toBeNull();
        shown += Number(cells.length > 1);
      },
    ),
    { numRuns: 1000, seed: 20 },
  );
  expect(shown).toBeGreaterThan(100);
});
