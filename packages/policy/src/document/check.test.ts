import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { policyDocument } from '../../cases/arbitrary.js';
import { loadPolicy } from '../../cases/load.js';
import { EMPTY_POLICY, PolicyDocument } from './policy-document.js';
import { Tool } from './kinds/tool.js';
import { checkPolicy, parsePolicy } from './check.js';
import { compilePolicy } from './compile.js';
import { applyEdits } from './edits.js';

const tool = { class: 'write', justification: 'for the test', schema: {} };
const sound = PolicyDocument.parse({
  tools: { pay: tool, wipe: { ...tool, class: 'human_only' } },
  roles: { agent: {}, lead: { inherits: ['agent'] } },
  cells: [{ role: 'agent', tool: 'pay', effect: 'allow', when: 'args.amount < 5' }],
  guardrails: {
    g: {
      kind: 'pre_tool',
      title: 'G',
      tools: ['pay'],
      when: 'has(args.a)',
      checks: [{ name: 'c', must: 'args.a == 1', message: 'No.' }],
    },
  },
  quotas: { q: { per: 'role', holder: 'agent', tool: 'pay', limit: 1, windowSeconds: 60 } },
  assistants: { bot: { tools: ['pay'] } },
});

test('a sound policy has no problem', () => {
  expect(checkPolicy(sound)).toEqual([]);
  expect(checkPolicy(EMPTY_POLICY)).toEqual([]);
});

test('the golden tenant has the one that it has on purpose', () => {
  expect(checkPolicy(loadPolicy()).map(({ path }) => path)).toEqual(['/tools/misconfigured/schema']);
});

const cellOf = (cell: object) => ({ cells: [...sound.cells, cell] });
const { g } = sound.guardrails;
test.each([
  ['a cell of an unknown role', cellOf({ role: 'nobody', tool: 'pay', effect: 'deny' }), '/cells/1/role'],
  ['a cell on an unknown tool', cellOf({ role: 'agent', tool: 'toString', effect: 'deny' }), '/cells/1/tool'],
  ['two cells of one place', cellOf({ role: 'agent', tool: 'pay', effect: 'deny' }), '/cells/1'],
  [
    'an allow on what only people do',
    cellOf({ role: 'agent', tool: 'wipe', effect: 'allow' }),
    '/cells/1/effect',
  ],
  [
    'a condition that is none',
    cellOf({ role: 'lead', tool: 'pay', effect: 'deny', when: 'args.' }),
    '/cells/1/when',
  ],
  [
    'a condition that is no yes or no',
    cellOf({ role: 'lead', tool: 'pay', effect: 'deny', when: 'args.a + 1' }),
    '/cells/1/when',
  ],
  [
    'a role that inherits an unknown one',
    { roles: { agent: { title: '', description: '', inherits: ['x'] }, lead: sound.roles['lead'] } },
    '/roles/agent/inherits/0',
  ],
  ['a guardrail on an unknown tool', { guardrails: { g: { ...g, tools: ['x'] } } }, '/guardrails/g/tools/0'],
  ['a guardrail with a broken condition', { guardrails: { g: { ...g, when: '(' } } }, '/guardrails/g/when'],
  [
    'a guardrail with a broken check',
    { guardrails: { g: { ...g, checks: [{ name: 'c', must: 'nobody', message: 'No.' }] } } },
    '/guardrails/g/checks/0/must',
  ],
  ['a quota on an unknown tool', { quotas: { q: { ...sound.quotas['q'], tool: 'x' } } }, '/quotas/q/tool'],
  [
    'a quota of an unknown role',
    { quotas: { q: { ...sound.quotas['q'], holder: 'x' } } },
    '/quotas/q/holder',
  ],
  [
    'a quota of an unknown assistant',
    { quotas: { q: { ...sound.quotas['q'], per: 'assistant', holder: 'x' } } },
    '/quotas/q/holder',
  ],
  [
    'an assistant with an unknown tool',
    { assistants: { bot: { ...sound.assistants['bot'], tools: ['x'] } } },
    '/assistants/bot/tools/0',
  ],
  [
    'a schema that is none',
    { tools: { ...sound.tools, pay: { ...sound.tools['pay'], schema: { type: 'x' } } } },
    '/tools/pay/schema',
  ],
])('%s', (_, change, path) => {
  const problems = checkPolicy({ ...sound, ...change } as PolicyDocument);
  expect(problems.map((problem) => problem.path)).toEqual([path]);
  expect(problems[0]?.message).not.toBe('');
});

test('roles in a circle: each of them, and not who only leads there', () => {
  const role = (...inherits: string[]) => ({ title: '', description: '', inherits });
  const roles = { a: role('b'), b: role('c'), c: role('a'), d: role('a'), e: role('e') };
  expect(checkPolicy({ ...EMPTY_POLICY, roles }).map(({ path }) => path)).toEqual(
    ['a', 'b', 'c', 'e'].map((name) => `/roles/${name}/inherits`),
  );
});

test('paths are JSON Pointers, names with slashes included', () => {
  const document = applyEdits(sound, [
    { kind: 'tool', name: 'a/b', value: { ...Tool.parse(tool), schema: { type: 'x' } } },
  ]);
  expect(checkPolicy(document).map(({ path }) => path)).toEqual(['/tools/a~1b/schema']);
});

test('any document of the right shape can be checked and compiled', () => {
  fc.assert(
    fc.property(policyDocument, (document) => {
      expect(checkPolicy(document)).toEqual(checkPolicy(structuredClone(document)));
      expect(() => compilePolicy(document)).not.toThrow();
    }),
  );
});

describe('parsePolicy', () => {
  test('gives the document, its defaults filled in', () => {
    const parsed = parsePolicy({ ...EMPTY_POLICY, assistants: { bot: { tools: [] } } });
    expect(parsed).toMatchObject({
      ok: true,
      document: { assistants: { bot: { enabled: true, title: '' } } },
    });
  });

  test.each([
    ['nothing', undefined, ''],
    ['a member nobody knows', { ...EMPTY_POLICY, rules: [] }, ''],
    ['a name with a colon', { ...EMPTY_POLICY, roles: { 'a:b': {} } }, '/roles/a:b'],
    [
      'a quota on nothing',
      { ...EMPTY_POLICY, quotas: { q: { per: 'user', limit: 1, windowSeconds: 1 } } },
      '/quotas/q/tool',
    ],
    [
      'a tool nobody justified',
      { ...EMPTY_POLICY, tools: { t: { class: 'read', justification: '', schema: {} } } },
      '/tools/t/justification',
    ],
  ])('%s is refused with its path', (_, value, path) => {
    const parsed = parsePolicy(value);
    expect(parsed.ok ? [] : parsed.problems.map((problem) => problem.path)).toContain(path);
  });

  test('a name that would change the object itself is refused or left out', () => {
    const parsed = parsePolicy(
      JSON.parse(
        '{"tools":{},"roles":{"__proto__":{}},"cells":[],"guardrails":{},"quotas":{},"assistants":{}}',
      ),
    );
    expect(parsed.ok && Object.getPrototypeOf(parsed.document.roles)).not.toEqual({
      title: '',
      description: '',
      inherits: [],
    });
    expect(({} as Record<string, unknown>)['inherits']).toBeUndefined();
  });
});
