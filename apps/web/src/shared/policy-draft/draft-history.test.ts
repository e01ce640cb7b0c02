import { applyEdits, diffPolicies, EMPTY_POLICY, type PolicyDocument, type PolicyEdit } from '@reeve/policy';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { draftReducer, startDraft, type DraftAction, type DraftHistory } from './draft-history.js';
import { movedSince } from './overlap.js';

const ROLES = ['viewer', 'support', 'finance'];
const TOOLS = ['email.search', 'email.send', 'pay.release', 'hr.fire'];

const base: PolicyDocument = {
  resourceTypes: {},
  tools: Object.fromEntries(
    TOOLS.map((name, i) => [
      name,
      {
        class: (['read', 'write', 'dangerous', 'human_only'] as const)[i]!,
        justification: 'as recorded in the seed',
        description: '',
        owner: '',
        server: name.split('.')[0]!,
        reversible: false,
        schema: { type: 'object' },
        untrustedOutput: false,
      },
    ]),
  ),
  roles: {
    viewer: { title: '', description: '', inherits: [] },
    support: { title: '', description: '', inherits: ['viewer'] },
    finance: { title: '', description: '', inherits: ['support'] },
  },
  cells: [
    { role: 'viewer', tool: 'email.search', effect: 'allow' },
    { role: 'support', tool: 'email.send', effect: 'approve', when: 'args.to != ""' },
    { role: 'finance', tool: 'pay.release', effect: 'allow' },
  ],
  guardrails: {
    external: {
      kind: 'pre_tool',
      title: 'No outside mail',
      tools: ['email.send'],
      enabled: true,
      checks: [{ name: 'domain', must: 'args.to.endsWith("@acme.example")', message: 'inside only' }],
    },
  },
  quotas: {
    mails: { per: 'role', holder: 'support', tool: 'email.send', limit: 10, windowSeconds: 3600 },
  },
  assistants: {
    helper: { title: '', description: '', enabled: true, tools: ['email.search', 'email.send'] },
  },
};

const value = fc.option(
  fc.constantFrom<NonNullable<Extract<PolicyEdit, { kind: 'cell' }>['value']>>(
    { effect: 'allow' },
    { effect: 'approve' },
    { effect: 'deny' },
    { effect: 'allow', when: 'true' },
  ),
  { nil: null },
);
const edit: fc.Arbitrary<PolicyEdit> = fc.record({
  kind: fc.constant('cell' as const),
  role: fc.constantFrom(...ROLES),
  tool: fc.constantFrom(...TOOLS),
  value,
});
const action: fc.Arbitrary<DraftAction> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(edit, { maxLength: 5 }).map((edits) => ({ kind: 'edit' as const, edits })),
  },
  fc.constantFrom<DraftAction>({ kind: 'undo' }, { kind: 'redo' }, { kind: 'discard' }),
);

const start = startDraft(base, 7);
const run = (actions: readonly DraftAction[], from: DraftHistory = start) =>
  actions.reduce(draftReducer, from);

describe('a draft', () => {
  test('holds the fewest edits: each thing once, none that changes nothing', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 30 }), (actions) => {
        const draft = run(actions);
        expect(applyEdits(base, draft.edits)).toEqual(draft.document);
        for (const one of draft.edits) {
          const others = draft.edits.filter((other) => other !== one);
          expect(diffPolicies(applyEdits(base, others), draft.document)).not.toEqual([]);
        }
      }),
    );
  });

  test('undone as often as it was edited is the base again; redone, what it was', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 30 }), (actions) => {
        const draft = run(actions);
        const steps = draft.past.length;
        const undone = run(
          Array.from({ length: steps }, () => ({ kind: 'undo' })),
          draft,
        );
        expect(undone.edits).toEqual([]);
        const redone = run(
          Array.from({ length: steps }, () => ({ kind: 'redo' })),
          undone,
        );
        expect(redone.edits).toEqual(draft.edits);
      }),
    );
  });

  it('takes an edit back with its opposite, and leaves nothing to publish', () => {
    const draft = run([
      {
        kind: 'edit',
        edits: [{ kind: 'cell', role: 'viewer', tool: 'pay.release', value: { effect: 'deny' } }],
      },
      { kind: 'edit', edits: [{ kind: 'cell', role: 'viewer', tool: 'pay.release', value: null }] },
    ]);
    expect(draft.edits).toEqual([]);
  });

  it('survives being discarded', () => {
    const edits: PolicyEdit[] = [
      { kind: 'cell', role: 'viewer', tool: 'email.send', value: { effect: 'deny' } },
    ];
    const back = run([{ kind: 'edit', edits }, { kind: 'discard' }, { kind: 'undo' }]);
    expect(back.edits).toEqual(edits);
  });

  it('keeps what is still its own on a moved base', () => {
    const ours: PolicyEdit[] = [
      { kind: 'cell', role: 'viewer', tool: 'email.send', value: { effect: 'allow' } },
      { kind: 'cell', role: 'finance', tool: 'email.send', value: { effect: 'deny' } },
    ];
    const theirs = applyEdits(base, [
      ours[0]!,
      { kind: 'cell', role: 'finance', tool: 'email.send', value: { effect: 'allow' } },
    ]);
    const draft = run([{ kind: 'edit', edits: ours }]);
    const moved = movedSince(base, theirs, diffPolicies(base, draft.document));
    expect(moved.theirs).toHaveLength(2);
    expect(moved.overlap.map(({ name }) => name)).toEqual(['finance/email.send', 'viewer/email.send']);
    expect(run([{ kind: 'rebase', base: theirs, baseRevision: 8 }], draft).edits).toEqual([ours[1]]);
  });
});

test('a draft is walked in the order people read names, whatever the database and the edits did to it', () => {
  const role = { title: '', description: '', inherits: [] };
  const base: PolicyDocument = { ...EMPTY_POLICY, roles: { b: role, role_10: role, another_role: role } };
  const draft = startDraft(base, 1, [{ kind: 'role', name: 'role_2', value: role }]);
  expect(Object.keys(draft.document.roles)).toEqual(['another_role', 'b', 'role_2', 'role_10']);
});
