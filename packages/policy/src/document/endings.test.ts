import { expect, test } from 'vitest';
import { EMPTY_POLICY, type PolicyDocument } from './policy-document.js';
import { endingsOf } from './endings.js';

const role = { title: '', description: '', inherits: [] };
const tool = (of: 'write' | 'dangerous') => ({ class: of }) as PolicyDocument['tools'][string];
const assistant = { title: '', description: '', enabled: true, tools: [] };
const before: PolicyDocument = {
  ...EMPTY_POLICY,
  roles: { stays: role, goes: role },
  tools: { stays: tool('write'), goes: tool('write'), turns: tool('write') },
  assistants: { stays: assistant, goes: assistant },
};
const after: PolicyDocument = {
  ...EMPTY_POLICY,
  roles: { stays: role, comes: role },
  tools: { stays: tool('write'), comes: tool('write'), turns: tool('dangerous') },
  assistants: { stays: assistant, comes: assistant },
};

test('what goes, what comes and what is of another class', () => {
  expect(endingsOf(before, after)).toEqual({
    roles: ['comes', 'goes'],
    tools: ['comes', 'goes', 'turns'],
    assistants: ['comes', 'goes'],
  });
  expect(endingsOf(before, before)).toEqual({ roles: [], tools: [], assistants: [] });
});

test('removed and made again in one publish is another thing by the same name', () => {
  const edits = [
    { kind: 'role' as const, name: 'stays', value: null },
    { kind: 'role' as const, name: 'stays', value: role },
    { kind: 'tool' as const, name: 'stays', value: null },
  ];
  expect(endingsOf(before, before, edits)).toEqual({ roles: ['stays'], tools: ['stays'], assistants: [] });
});
