import { describe, expect, it } from 'vitest';
import type { PolicyDocument, PolicyTool } from '../contract/policy-document.js';
import { checkPolicy } from '../matrix/check.js';
import { applyEdits } from '../matrix/edits.js';
import { changeTool, lockedBy, removeAssistant, removeRole, removeTool } from './removals.js';

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
    expect(checkPolicy(applyEdits(base, removeTool(base, tool)))).toEqual([]);
  });
  it.each(ROLES)('the role %s leaves a policy that makes sense', (role) => {
    expect(checkPolicy(applyEdits(base, removeRole(base, role)))).toEqual([]);
  });
  it('an assistant leaves a policy that makes sense', () => {
    expect(checkPolicy(applyEdits(base, removeAssistant(base, 'helper')))).toEqual([]);
  });
  it('a class below human-only turns what was allowed into a question', () => {
    const person = { ...RELEASE, class: 'human_only' as const };
    const after = applyEdits(base, changeTool(base, 'pay.release', person));
    expect(after.cells).toContainEqual({ role: 'finance', tool: 'pay.release', effect: 'approve' });
    expect(checkPolicy(after)).toEqual([]);
  });
  it('a class says whose Allow it takes away', () => {
    expect(lockedBy(base, 'pay.release', 'human_only')).toEqual(['finance']);
    expect(lockedBy(base, 'pay.release', 'dangerous')).toEqual([]);
    expect(lockedBy(base, 'email.send', 'human_only')).toEqual([]);
  });
});
