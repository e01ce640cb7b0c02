import { expect, it } from 'vitest';
import { changeTold } from './change-sentence.js';

const change = { actor: 'Ana', targetName: null, before: null, after: null };
const DIGEST = 'a'.repeat(64);

it.each([
  [
    {
      action: 'member.set_roles',
      target: 'member:1',
      targetName: 'Ravi',
      before: { roles: ['viewer'] },
      after: { roles: ['owner', 'auditor'] },
    },
    'Ana changed the roles of Ravi, roles from viewer to owner, auditor.',
  ],
  [
    {
      action: 'member.add',
      target: 'member:1',
      targetName: 'Ravi',
      before: null,
      after: { roles: ['policy_editor'] },
    },
    'Ana added the member Ravi, roles: policy editor.',
  ],
  [
    {
      action: 'member.remove',
      target: 'member:1',
      targetName: 'Ravi',
      before: { roles: ['viewer'] },
      after: null,
    },
    'Ana removed the member Ravi, roles until then: viewer.',
  ],
  [
    {
      action: 'policy.publish',
      target: 'policy:3',
      before: { revision: 2, digest: DIGEST },
      after: { revision: 3, digest: 'b'.repeat(64) },
    },
    'Ana published the policy’s revision 3, revision from 2 to 3.',
  ],
  [
    {
      action: 'tenant.update',
      target: 'tenant:acme',
      before: { twoPersonLift: false },
      after: { twoPersonLift: true },
    },
    'Ana changed the tenant acme, twoPersonLift from no to yes.',
  ],
  [
    {
      action: 'kill_switch.engage',
      target: 'kill_switch:tool:refund',
      before: null,
      after: { mode: 'stopped', scope: 'tool' },
    },
    'Ana stopped tool refund.',
  ],
  [{ action: 'guardrail.turn_off', target: 'guardrail:x' }, 'Ana did “Guardrail turn off” to x.'],
])('%j', (of, sentence) => {
  expect(changeTold({ ...change, ...of }).sentence).toBe(sentence);
});

it('keeps digests apart from what a person reads', () => {
  const told = changeTold({
    ...change,
    action: 'policy.publish',
    target: 'policy:3',
    before: { revision: 2, digest: DIGEST },
    after: { revision: 3, digest: `sha256:${'b'.repeat(64)}` },
  });
  expect(told.differences.map(({ path }) => path)).toEqual(['revision']);
  expect(told.digests.map(({ path }) => path)).toEqual(['digest']);
});
