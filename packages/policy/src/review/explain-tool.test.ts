import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { killSwitch, NOW, policyDocument } from '../../cases/arbitrary.js';
import { loadPolicy } from '../../cases/load.js';
import { compilePolicy } from '../document/compile.js';
import type { PolicyDocument } from '../document/policy-document.js';
import { decide } from '../pipeline.js';
import { StateMap } from '../state/states.js';
import { conditionWords } from './condition-words.js';
import { explainTool } from './explain-tool.js';

/** Nothing that depends on arguments: what is left is what a panel can promise. */
const bare = (document: PolicyDocument): PolicyDocument => ({
  ...document,
  tools: Object.fromEntries(
    Object.entries(document.tools).map(([name, tool]) => [name, { ...tool, schema: {} }]),
  ),
  cells: document.cells.map(({ role, tool, effect }) => ({ role, tool, effect })),
  guardrails: {},
  quotas: {},
});

test('what it says is what decide answers, for whichever assistant may ask', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(policyDocument.map(bare), fc.array(killSwitch, { maxLength: 2 }), (document, switches) => {
      const policy = compilePolicy(document);
      for (const role of Object.keys(document.roles))
        for (const tool of ['find', 'pay', 'wipe', 'a/b', 'unheard_of']) {
          const { effective } = explainTool(document, role, tool, { switches });
          const answers = Object.keys(document.assistants).map((assistant) =>
            decide(
              {
                subject: { type: 'user', id: 'mia', properties: {} },
                action: { name: 'tools/call', properties: {} },
                resource: { type: 'tool', id: tool, properties: {} },
                arguments: {},
                assistant,
                channel: 'interactive',
                runId: null,
                threadId: null,
                context: {},
              },
              {
                id: 'evaluation',
                now: NOW,
                caller: { id: 'key', assistants: [] },
                subject: { roles: [role], grants: {} },
                switches,
                policy,
                state: new StateMap(),
              },
            ),
          );
          const effects = answers.map(({ effect }) => effect);
          seen.set(effective, (seen.get(effective) ?? 0) + 1);
          if (effective === 'allow') expect(effects).toContain('allow');
          else expect(effects).not.toContain('allow');
          if (effective === 'approve') expect(effects).toContain('approve');
          if (effective === 'stopped')
            expect(answers.some(({ reason }) => reason.startsWith('kill_switch'))).toBe(true);
        }
    }),
    { seed: 6, numRuns: 300 },
  );
  for (const effect of ['allow', 'approve', 'deny', 'none', 'stopped'])
    expect(seen.get(effect), effect).toBeGreaterThan(100);
}, 60_000);

describe('a role that inherits', () => {
  const document = loadPolicy();
  const role = 'agent';
  const tool = 'find_order';
  const inherited: PolicyDocument = {
    ...document,
    roles: { ...document.roles, heir: { title: '', description: '', inherits: [role] } },
    quotas: { mails: { per: 'role', holder: role, tool: tool, limit: 5, windowSeconds: 60 } },
    assistants: {
      on: { title: '', description: '', enabled: true, tools: [tool] },
      off: { title: '', description: '', enabled: false, tools: [tool] },
    },
  };

  it('has its quota too, and no assistant that is switched off', () => {
    const { quotas, assistants } = explainTool(inherited, 'heir', tool);
    expect(quotas).toMatchObject([{ name: 'mails', from: role }]);
    expect(assistants).toEqual(['on']);
  });

  it('is told that the tool is stopped', () => {
    const stop = { id: 's', scope: 'tool', target: tool, mode: 'stopped', reason: 'drill' } as const;
    expect(explainTool(inherited, 'heir', tool, { switches: [stop] })).toMatchObject({
      effective: 'stopped',
      stops: [stop],
    });
  });
});

it.each([
  ['args.amount <= 100', 'the argument amount is at most 100'],
  [
    'args.to.endsWith("@acme.example") && has(args.cc)',
    'the argument to ends with "@acme.example", and the argument cc is given',
  ],
  ['args.currency in ["EUR", "USD"]', 'the argument currency is one of "EUR", "USD"'],
  ['"lead" in subject.roles', 'the subject’s roles include "lead"'],
  ['context.channel == "interactive"', 'context.channel is "interactive"'],
  ['size(args.list) < 3', 'the length of the argument list is below 3'],
  ['args.a == "x && y"', null],
  ['args.list.all(x, x > 0)', null],
  ['args.a < 1 || args.b < 1', null],
] as const)('%s: %s', (source, words) => {
  expect(conditionWords(source)).toBe(words);
});
