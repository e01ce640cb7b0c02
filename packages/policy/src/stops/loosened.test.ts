import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EMPTY_POLICY, type PolicyDocument } from '../document/policy-document.js';
import { compilePolicy } from '../document/compile.js';
import { killSwitch } from '../stages/kill-switch.js';
import { asked, known } from '../../cases/situation.js';
import { KILL_MODES, KILL_SCOPES, TOOL_CLASSES, type KillSwitch, type ToolClass } from '../vocabulary.js';
import { loosenedStops } from './loosened.js';

type Tools = { readonly [name: string]: ToolClass };
const policy = (tools: Tools, assistants: readonly string[] = ['desk']): PolicyDocument => ({
  ...EMPTY_POLICY,
  tools: Object.fromEntries(
    Object.entries(tools).map(([name, toolClass]) => [
      name,
      {
        class: toolClass,
        justification: 'Needed in a test.',
        description: '',
        owner: '',
        server: '',
        reversible: false,
        schema: { type: 'object' },
        untrustedOutput: false,
      },
    ]),
  ),
  assistants: Object.fromEntries(
    assistants.map((name) => [name, { title: '', description: '', enabled: true, tools: [] }]),
  ),
});
const stop = (over: Partial<KillSwitch>): KillSwitch => ({
  id: 'k',
  scope: 'tenant',
  target: '',
  mode: 'stopped',
  reason: 'drill',
  ...over,
});
const paths = (one: KillSwitch, before: PolicyDocument, after: PolicyDocument) =>
  loosenedStops([one], before, after).map(({ path }) => path);

const BEFORE = policy({ refund: 'dangerous', find: 'read' });

test.each<[string, KillSwitch, PolicyDocument, string[]]>([
  [
    'a class is left',
    stop({ scope: 'tool_class', target: 'dangerous' }),
    policy({ refund: 'write', find: 'read' }),
    ['/tools/refund'],
  ],
  [
    'a stricter class is left too: the stop holds no more',
    stop({ scope: 'tool_class', target: 'dangerous' }),
    policy({ refund: 'human_only', find: 'read' }),
    ['/tools/refund'],
  ],
  [
    'removed, to come back in another class',
    stop({ scope: 'tool_class', target: 'dangerous' }),
    policy({ find: 'read' }),
    ['/tools/refund'],
  ],
  [
    'renamed',
    stop({ scope: 'tool', target: 'refund' }),
    policy({ refund2: 'dangerous', find: 'read' }),
    ['/tools/refund'],
  ],
  ['called read under read only', stop({ mode: 'read_only' }), policy({ refund: 'read' }), ['/tools/refund']],
  [
    'read only of every tenant',
    stop({ scope: 'global', mode: 'read_only' }),
    policy({ refund: 'read', find: 'read' }),
    ['/tools/refund'],
  ],
  [
    'a new name that reads, under read only',
    stop({ mode: 'read_only' }),
    policy({ refund: 'dangerous', find: 'read', refund2: 'read' }),
    ['/tools/refund2'],
  ],
  [
    'an assistant renamed',
    stop({ scope: 'assistant', target: 'desk' }),
    policy({ refund: 'dangerous', find: 'read' }, ['desk2']),
    ['/assistants/desk'],
  ],
])('%s', (_, one, after, expected) => {
  expect(paths(one, BEFORE, after)).toEqual(expected);
});

test.each<[string, KillSwitch, PolicyDocument]>([
  [
    'a tool joins the stopped class',
    stop({ scope: 'tool_class', target: 'dangerous' }),
    policy({ refund: 'dangerous', find: 'dangerous' }),
  ],
  ['everything is stopped anyway', stop({}), policy({ refund: 'read' })],
  [
    'the class of a tool that is stopped by name',
    stop({ scope: 'tool', target: 'refund' }),
    policy({ refund: 'write', find: 'read' }),
  ],
  ['another tool is removed', stop({ scope: 'tool', target: 'refund' }), policy({ refund: 'dangerous' })],
])('nothing is loosened: %s', (_, one, after) => {
  expect(paths(one, BEFORE, after)).toEqual([]);
});

test('a policy that is said to loosen nothing lets no call through a stop that was refused before', () => {
  const names = ['a', 'b', 'c'];
  const toolsOf = fc.dictionary(fc.constantFrom(...names), fc.constantFrom(...TOOL_CLASSES));
  const stopOf = fc.record({
    scope: fc.constantFrom(...KILL_SCOPES),
    target: fc.constantFrom(...names, ...TOOL_CLASSES),
    mode: fc.constantFrom(...KILL_MODES),
  });
  let asserted = 0;
  fc.assert(
    fc.property(toolsOf, toolsOf, stopOf, fc.constantFrom(...names), (was, is, over, tool) => {
      const one = stop(over);
      const [before, after] = [policy(was), policy(is)];
      if (loosenedStops([one], before, after).length > 0) return;
      const passes = (document: PolicyDocument) =>
        killSwitch.check(
          asked({
            assistant: one.scope === 'assistant' ? one.target : 'desk',
            resource: { type: 'tool', id: tool, properties: {} },
          }),
          known({ switches: [one], policy: compilePolicy(document) }),
        ).effect === 'pass';
      if (passes(before)) return;
      asserted += 1;
      expect(passes(after)).toBe(false);
    }),
    { seed: 6, numRuns: 1_000 },
  );
  expect(asserted).toBeGreaterThan(200);
});
