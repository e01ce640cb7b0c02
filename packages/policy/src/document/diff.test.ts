import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { policyDocument } from '../../cases/arbitrary.js';
import { EMPTY_POLICY, type PolicyDocument } from './policy-document.js';
import { diffPolicies, editsBack, editsFrom } from './diff.js';
import { applyEdits } from './edits.js';
import { cellKey, type PolicyCell } from '../matrix/cell.js';

/** True where nothing differs; the order of cells means nothing. */
const same = (a: PolicyDocument, b: PolicyDocument) => diffPolicies(a, b).length === 0;

test('what is equal does not differ', () => {
  fc.assert(
    fc.property(policyDocument, (document) => {
      expect(same(document, structuredClone(document))).toBe(true);
    }),
  );
});

test('the order of members and cells is no difference', () => {
  fc.assert(
    fc.property(policyDocument, (document) => {
      const tools = Object.fromEntries(Object.entries(document.tools).toReversed());
      expect(same(document, { ...document, tools, cells: document.cells.toReversed() })).toBe(true);
    }),
  );
});

test('the difference leads from before to after, and back', () => {
  fc.assert(
    fc.property(policyDocument, policyDocument, (before, after) => {
      const changes = diffPolicies(before, after);
      const there = applyEdits(before, editsFrom(changes));
      expect(same(there, after)).toBe(true);
      expect(there.cells.toSorted(byName)).toEqual(after.cells.toSorted(byName));
      expect({ ...there, cells: [] }).toEqual({ ...after, cells: [] });
      expect(same(applyEdits(there, editsBack(changes)), before)).toBe(true);
    }),
  );
});

const byName = (a: PolicyCell, b: PolicyCell) => (cellKey(a) < cellKey(b) ? -1 : 1);

describe('what a reviewer reads', () => {
  const cells = [{ role: 'agent', tool: 'refund', effect: 'allow' as const }];
  const before: PolicyDocument = { ...EMPTY_POLICY, cells };

  test('a changed cell', () => {
    const after: PolicyDocument = {
      ...before,
      cells: [{ role: 'agent', tool: 'refund', effect: 'allow', when: 'args.amount < 5' }],
    };
    expect(diffPolicies(before, after)).toEqual([
      { kind: 'cell', name: 'agent/refund', before: cells[0], after: after.cells[0] },
    ]);
  });

  test('an added and a removed thing', () => {
    const role = { title: '', description: '', inherits: [] };
    const after: PolicyDocument = { ...before, roles: { agent: role }, cells: [] };
    expect(diffPolicies(before, after)).toEqual([
      { kind: 'role', name: 'agent', before: null, after: role },
      { kind: 'cell', name: 'agent/refund', before: cells[0], after: null },
    ]);
  });

  test('names with slashes do not run together', () => {
    const one: PolicyDocument = { ...EMPTY_POLICY, cells: [{ role: 'a', tool: 'b/c', effect: 'deny' }] };
    const other: PolicyDocument = { ...EMPTY_POLICY, cells: [{ role: 'a/b', tool: 'c', effect: 'deny' }] };
    const changes = diffPolicies(one, other);
    expect(changes).toHaveLength(2);
    expect(same(applyEdits(one, editsFrom(changes)), other)).toBe(true);
  });
});
