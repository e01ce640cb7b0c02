import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { policyDocument } from '../../cases/arbitrary.js';
import type { PolicyDocument } from './policy-document.js';
import type { PolicyTool } from './kinds/tool.js';
import { checkPolicy } from './check.js';
import { applyEdits } from './edits.js';
import { entriesOf, NAMED_KINDS } from './kinds.js';
import { change, changeResourceType, changeTool, lockedBy, removal } from './removals.js';

const ROLES = ['viewer', 'support', 'finance'];
const TOOLS = ['email.search', 'email.send', 'pay.release', 'hr.fire'];

const tool = (of: PolicyTool['class']): PolicyTool => ({
  class: of,
  justification: 'as recorded in the seed',
  description: '',
  owner: '',
  server: '',
  reversible: false,
  schema: { type: 'object' },
  untrustedOutput: false,
});
const RELEASE = tool('dangerous');
const base: PolicyDocument = {
  resourceTypes: {},
  tools: {
    'email.search': tool('read'),
    'email.send': tool('write'),
    'pay.release': RELEASE,
    'hr.fire': tool('human_only'),
  },
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

describe('removing', () => {
  it.each(TOOLS)('the tool %s leaves a policy that makes sense', (tool) => {
    expect(checkPolicy(applyEdits(base, removal(base, 'tool', tool)))).toEqual([]);
  });
  it.each(ROLES)('the role %s leaves a policy that makes sense', (role) => {
    expect(checkPolicy(applyEdits(base, removal(base, 'role', role)))).toEqual([]);
  });
  it('an assistant leaves a policy that makes sense', () => {
    expect(checkPolicy(applyEdits(base, removal(base, 'assistant', 'helper')))).toEqual([]);
  });
  it('takes along what would be about nothing, and no more', () => {
    expect(removal(base, 'tool', 'email.send')).toEqual([
      { kind: 'guardrail', name: 'external', value: null },
      { kind: 'quota', name: 'mails', value: null },
      { kind: 'assistant', name: 'helper', value: { ...base.assistants['helper'], tools: ['email.search'] } },
      { kind: 'cell', role: 'support', tool: 'email.send', value: null },
      { kind: 'tool', name: 'email.send', value: null },
    ]);
    expect(removal(base, 'role', 'viewer')).toEqual([
      { kind: 'role', name: 'support', value: { ...base.roles['support'], inherits: [] } },
      { kind: 'cell', role: 'viewer', tool: 'email.search', value: null },
      { kind: 'role', name: 'viewer', value: null },
    ]);
  });
  it('leaves nothing that names it, of any policy', () => {
    let named = 0;
    fc.assert(
      fc.property(
        policyDocument,
        fc.constantFrom('tool', 'role', 'assistant'),
        fc.nat(),
        (document, kind, nth) => {
          const names = entriesOf(document, kind).map(([name]) => name);
          const name = names[nth % names.length] ?? '';
          const edits = removal(document, kind, name);
          named += Number(edits.length > 1);
          const after = applyEdits(document, edits);
          const dangling = (one: PolicyDocument) =>
            checkPolicy(one).filter(({ message }) => message === `there is no ${kind} ${name}`);
          expect(dangling(document)).toEqual([]);
          expect(dangling(after)).toEqual([]);
          expect(entriesOf(after, kind).map(([one]) => one)).toEqual(names.filter((one) => one !== name));
        },
      ),
      { numRuns: 400, seed: 20 },
    );
    expect(named).toBeGreaterThan(200);
  });
  it('a thing that nothing names is removed alone', () => {
    expect(removal(base, 'guardrail', 'external')).toEqual([
      { kind: 'guardrail', name: 'external', value: null },
    ]);
    expect(removal(base, 'quota', 'mails')).toEqual([{ kind: 'quota', name: 'mails', value: null }]);
  });
  it('says whose Allow a class takes away', () => {
    expect(lockedBy(base, 'pay.release', 'human_only')).toEqual(['finance']);
    expect(lockedBy(base, 'pay.release', 'dangerous')).toEqual([]);
    expect(lockedBy(base, 'email.send', 'human_only')).toEqual([]);
  });
  it('a class below human-only turns what was allowed into a question', () => {
    const person = { ...RELEASE, class: 'human_only' as const };
    const after = applyEdits(base, changeTool(base, 'pay.release', person));
    expect(after.cells).toContainEqual({ role: 'finance', tool: 'pay.release', effect: 'approve' });
    expect(checkPolicy(after)).toEqual([]);
  });
});

describe('changing', () => {
  it('of any kind makes a thing what it is to be, whether it was there or not', () => {
    fc.assert(
      fc.property(policyDocument, policyDocument, (document, other) => {
        for (const kind of NAMED_KINDS)
          for (const [name, value] of entriesOf(other, kind)) {
            const after = applyEdits(document, change(document, kind, name, value));
            expect(Object.fromEntries(entriesOf(after, kind))[name]).toEqual(value);
          }
      }),
      { numRuns: 100, seed: 32 },
    );
  });
  it('takes along what follows from it', () => {
    const person = { ...RELEASE, class: 'human_only' as const };
    expect(change(base, 'tool', 'pay.release', person)).toEqual(changeTool(base, 'pay.release', person));
    expect(change(base, 'tool', 'pay.release', person)).toHaveLength(2);
    const record = {
      title: '',
      description: '',
      actions: { read: { class: 'read' as const, title: '' } },
      schema: {},
      register: 'optional' as const,
    };
    const cell = { role: 'viewer', resourceType: 'record', action: 'write', effect: 'allow' as const };
    const before = { ...base, resourceTypes: { record }, cells: [...base.cells, cell] };
    expect(change(before, 'resourceType', 'record', record)).toEqual(
      changeResourceType(before, 'record', record),
    );
    expect(applyEdits(before, change(before, 'resourceType', 'record', record)).cells).toEqual(base.cells);
  });
});
