import fc from 'fast-check';
import { expect, test } from 'vitest';
import { policyDocument } from '../../cases/arbitrary.js';
import { EMPTY_POLICY, type PolicyEdit } from './policy-document.js';
import { diffPolicies } from './diff.js';
import { applyEdits } from './edits.js';

const cell = (value: Extract<PolicyEdit, { kind: 'cell' }>['value']): PolicyEdit => ({
  kind: 'cell',
  role: 'a',
  tool: 't',
  value,
});

test('the last edit on a thing wins', () => {
  const { cells } = applyEdits(EMPTY_POLICY, [
    cell({ effect: 'allow' }),
    cell({ effect: 'deny', when: 'true' }),
  ]);
  expect(cells).toEqual([{ role: 'a', tool: 't', effect: 'deny', when: 'true' }]);
});

test('null removes, and removing nothing is no error', () => {
  const document = applyEdits(EMPTY_POLICY, [cell({ effect: 'allow' }), cell(null), cell(null)]);
  expect(document).toEqual(EMPTY_POLICY);
  expect(applyEdits(EMPTY_POLICY, [{ kind: 'quota', name: 'q', value: null }])).toEqual(EMPTY_POLICY);
});

test('a changed cell keeps its place, a new one comes last', () => {
  const at = (role: string) => ({ role, tool: 't', effect: 'allow' as const });
  const document = { ...EMPTY_POLICY, cells: [at('z'), at('a')] };
  const edits: PolicyEdit[] = [
    { kind: 'cell', role: 'b', tool: 't', value: { effect: 'allow' } },
    { kind: 'cell', role: 'z', tool: 't', value: { effect: 'deny' } },
  ];
  expect(applyEdits(document, edits).cells.map(({ role }) => role)).toEqual(['z', 'a', 'b']);
});

test('the document that is edited stays as it is', () => {
  fc.assert(
    fc.property(policyDocument, (document) => {
      const copy = structuredClone(document);
      const removals = Object.keys(document.tools).map((name) => ({
        kind: 'tool' as const,
        name,
        value: null,
      }));
      applyEdits(document, [cell({ effect: 'deny' }), ...removals]);
      expect(document).toEqual(copy);
    }),
  );
});

test('no edits change nothing', () => {
  fc.assert(
    fc.property(policyDocument, (document) => {
      expect(diffPolicies(document, applyEdits(document, []))).toEqual([]);
    }),
  );
});
