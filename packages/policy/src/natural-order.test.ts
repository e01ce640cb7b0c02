import fc from 'fast-check';
import { expect, it } from 'vitest';
import { EMPTY_POLICY, type PolicyDocument } from './document/policy-document.js';
import { inNaturalOrder, naturally } from './natural-order.js';

const READ = [
  'agent',
  'Agent',
  'lead',
  'support_agent',
  'tool_1',
  'tool_01',
  'tool_2',
  'tool_10',
  'v1.9',
  'v1.10',
];

it('puts names as a person reads them: by number, not by length and not by code point', () => {
  const byLength = READ.toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1));
  expect(byLength).not.toEqual(byLength.toSorted(naturally));
  expect(['tool_10', 'zz', 'tool_2', 'Alpha', 'beta_long_name'].toSorted(naturally)).toEqual([
    'Alpha',
    'beta_long_name',
    'tool_2',
    'tool_10',
    'zz',
  ]);
});

it('is one order, whatever it begins with', () => {
  const expected = READ.toSorted(naturally);
  fc.assert(
    fc.property(fc.shuffledSubarray(READ, { minLength: READ.length }), (shuffled) => {
      expect(shuffled.toSorted(naturally)).toEqual(expected);
    }),
    { seed: 6, numRuns: 50 },
  );
});

it('walks every map of a policy that way and changes nothing in it', () => {
  const role = { title: '', description: '', inherits: [] };
  const assistant = { title: '', description: '', enabled: true, tools: ['b', 'a'] };
  // As jsonb hands it back: the shortest name first.
  const document: PolicyDocument = {
    ...EMPTY_POLICY,
    roles: { zed: role, agent: role, role_2: role, role_10: role, auditor_of_old: role },
    assistants: { z: assistant, a_longer_one: assistant },
  };
  const ordered = inNaturalOrder(document);
  expect(Object.keys(ordered.roles)).toEqual(['agent', 'auditor_of_old', 'role_2', 'role_10', 'zed']);
  expect(Object.keys(ordered.assistants)).toEqual(['a_longer_one', 'z']);
  expect(ordered).toEqual(document);
});
