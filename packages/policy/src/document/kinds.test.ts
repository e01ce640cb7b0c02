import { expect, test } from 'vitest';
import { KIND_NAMES, KINDS, TABLE } from './kinds.js';
import { EMPTY_POLICY, PolicyDocument, PolicyEdit } from './policy-document.js';

test('what is kept and sent looks as it always did', () => {
  expect(EMPTY_POLICY).toEqual({
    tools: {},
    resourceTypes: {},
    roles: {},
    cells: [],
    guardrails: {},
    quotas: {},
    assistants: {},
  });
  expect(KIND_NAMES.map((kind) => [kind, KINDS[kind].member])).toEqual([
    ['tool', 'tools'],
    ['resourceType', 'resourceTypes'],
    ['role', 'roles'],
    ['guardrail', 'guardrails'],
    ['quota', 'quotas'],
    ['assistant', 'assistants'],
    ['cell', 'cells'],
  ]);
  expect(PolicyDocument.safeParse({ ...EMPTY_POLICY, stores: {} }).success).toBe(false);
  // Documents from before there were types of resources stay what they are.
  const { resourceTypes, ...before } = EMPTY_POLICY;
  expect(PolicyDocument.parse(before)).toEqual({ ...before, resourceTypes });
  const { quotas: _, ...without } = EMPTY_POLICY;
  expect(PolicyDocument.safeParse(without).success).toBe(false);
});

test.each(KIND_NAMES)('a %s stands in the table under its own name, and null removes one', (kind) => {
  expect(TABLE[kind].kind).toBe(kind);
  const removed =
    kind === 'cell' ? { kind, role: 'a', tool: 'b', value: null } : { kind, name: 'a', value: null };
  expect(PolicyEdit.parse(removed)).toEqual(removed);
  expect(PolicyEdit.safeParse({ ...removed, more: 1 }).success).toBe(false);
  expect(PolicyEdit.safeParse({ ...removed, value: undefined }).success).toBe(false);
});

test.each(KIND_NAMES)('whatever a %s may name can be taken out of it', (kind) => {
  expect(KINDS[kind].references === undefined).toBe(KINDS[kind].without === undefined);
});
