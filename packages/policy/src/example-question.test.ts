import { describe, expect, it } from 'vitest';
import { exampleQuestion } from './example-question.js';
import { compilePolicy, PolicyDocument } from './index.js';

const document = {
  tools: {
    refund: { class: 'dangerous', justification: 'moves money', schema: { type: 'object' } },
    note: { class: 'write', justification: 'writes a note', schema: { type: 'object' } },
    orders: {
      class: 'read',
      justification: 'reads the orders',
      schema: { type: 'object', properties: { user: { type: 'string' }, year: { type: 'integer', minimum: 2020 }, kind: { enum: ['open'] } }, required: ['user', 'year', 'kind'], additionalProperties: false }, // prettier-ignore
    },
  },
  roles: { customer: {}, clerk: {}, stranger: {} },
  cells: [
    { role: 'customer', tool: 'orders', effect: 'allow', when: 'args.user == subject.id' },
    { role: 'clerk', tool: 'note', effect: 'allow' },
    { role: 'clerk', tool: 'refund', effect: 'allow' },
  ],
  guardrails: {},
  quotas: {},
  assistants: {
    off: { enabled: false, tools: ['orders'] },
    desk: { tools: ['refund', 'note', 'orders'] },
    back: { tools: ['refund'] },
  },
};
const policy = compilePolicy(PolicyDocument.parse(document));
const subject = (id: string, ...roles: string[]) => ({ type: 'user', id, roles, grants: {} });

describe('the first question', () => {
  it('is one that is allowed: a tool that reads before one that writes, about the subject where only that is', () => {
    expect(
      exampleQuestion(
        policy,
        [subject('zoe', 'stranger'), subject('kim', 'clerk'), subject('mia', 'customer')],
        [],
        0,
      ),
    ).toEqual({
      assistant: 'desk',
      tool: 'orders',
      subject: { type: 'user', id: 'mia' },
      arguments: { user: 'mia', year: 2020, kind: 'open' },
    });
    expect(exampleQuestion(policy, [subject('kim', 'clerk')], [], 0)).toMatchObject({ tool: 'note' });
  });

  it('is for an assistant that the key speaks for', () => {
    expect(exampleQuestion(policy, [subject('mia', 'customer')], ['desk'], 0)).toMatchObject({
      assistant: 'desk',
    });
    expect(exampleQuestion(policy, [subject('mia', 'customer')], ['off'], 0)).toBeNull();
  });

  it('is never about a dangerous tool, nor about what nobody may', () => {
    expect(exampleQuestion(policy, [subject('kim', 'clerk')], ['back'], 0)).toBeNull();
    expect(exampleQuestion(policy, [subject('zoe', 'stranger')], [], 0)).toBeNull();
    expect(exampleQuestion(policy, [], [], 0)).toBeNull();
  });
});
