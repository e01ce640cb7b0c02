import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { NOW } from '../../cases/arbitrary.js';
import { EMPTY_POLICY, type PolicyDocument } from '../document/policy-document.js';
import type { PolicyCell } from '../matrix/cell.js';
import type { PolicyGuardrail } from '../document/kinds/guardrail.js';
import type { PolicyQuota } from '../document/kinds/quota.js';
import type { PolicyTool } from '../document/kinds/tool.js';
import { checkPolicy } from '../document/check.js';
import { compilePolicy, type CompiledPolicy } from '../document/compile.js';
import { diffPolicies, editsFrom, type PolicyChange } from '../document/diff.js';
import { applyEdits } from '../document/edits.js';
import { decide } from '../pipeline.js';
import { targetOf } from '../matrix/target.js';
import { quotaLog } from '../stages/quota/kind.js';
import { StateMap } from '../state/states.js';
import type { Facts } from '../stage.js';
import type { EvaluationRequest } from '../vocabulary.js';
import { Between, directionOf } from './direction.js';
import type { Direction } from '../document/direction.js';
import { effectsOf } from './effects.js';
import { endingsOf, type Endings } from '../document/endings.js';

const tool = (over: Partial<PolicyTool> = {}): PolicyTool => ({
  class: 'write',
  justification: 'for the test',
  description: '',
  owner: '',
  server: '',
  reversible: false,
  schema: {},
  untrustedOutput: false,
  ...over,
});
const role = (...inherits: string[]) => ({ title: '', description: '', inherits });
const rule = (over: Partial<PolicyGuardrail> = {}): PolicyGuardrail => ({
  kind: 'pre_tool',
  title: 'A guardrail',
  tools: ['pay'],
  enabled: true,
  checks: [{ name: 'small', must: 'args.n < 5', message: 'No.' }],
  ...over,
});
const quota = (over: Partial<PolicyQuota> = {}): PolicyQuota => ({
  per: 'user',
  tool: 'pay',
  limit: 10,
  windowSeconds: 3600,
  ...over,
});
const assistant = (tools: string[], enabled = true) => ({ title: '', description: '', enabled, tools });
const FIND = tool({ class: 'read' });
const base: PolicyDocument = {
  ...EMPTY_POLICY,
  tools: { pay: tool(), find: FIND },
  roles: { agent: role(), lead: role('agent'), other: role() },
  assistants: { bot: assistant(['pay', 'find']) },
};

/** The direction of a change from the one to the other. */
function called(before: Partial<PolicyDocument>, after: Partial<PolicyDocument>): Direction[] {
  const between = new Between({ ...base, ...before }, { ...base, ...after });
  return diffPolicies(between.before, between.after).map((change) => directionOf(change, between));
}

describe('a cell', () => {
  const of = (effect?: PolicyCell['effect'], when?: string): Partial<PolicyDocument> => ({
    cells: effect === undefined ? [] : [{ role: 'agent', tool: 'pay', effect, ...(when && { when }) }],
  });
  it.each([
    [of(), of('allow'), 'widens'],
    [of(), of('approve'), 'widens'],
    [of(), of('deny'), 'narrows'],
    [of('deny'), of(), 'widens'],
    [of('allow'), of('approve'), 'narrows'],
    [of('approve'), of('allow'), 'widens'],
    [of('allow'), of('allow', 'args.n < 5'), 'narrows'],
    [of('allow', 'args.n < 5'), of('allow'), 'widens'],
    [of('allow', 'args.n < 5'), of('allow', 'true'), 'widens'],
    [of('allow', 'args.n < 5'), of('allow', 'false'), 'narrows'],
    [of('allow'), of('allow', 'true'), 'neutral'],
    [of('allow', 'args.n < 5'), of('allow', 'args.n < 50'), 'read_it_yourself'],
    [of('deny'), of('deny', 'args.n < 5'), 'widens'],
    [of('deny', 'args.n < 5'), of('deny'), 'narrows'],
    [of('deny', 'args.n < 5'), of('deny', 'true'), 'narrows'],
    [of('approve'), of('allow', 'args.n < 5'), 'widens'],
    [of('allow', 'args.n < 5'), of('approve'), 'read_it_yourself'],
  ] as const)('%#: %j -> %j: %s', (before, after, direction) => {
    expect(called(before, after)).toEqual([direction]);
  });
});

describe('a tool', () => {
  const of = (over: Partial<PolicyTool>): Partial<PolicyDocument> => ({
    tools: { ...base.tools, pay: tool(over) },
  });
  const schema = { type: 'object', required: ['n'] };
  it.each([
    [of({ schema }), of({ schema: {} }), 'widens'],
    [of({ schema }), of({ schema: { title: 'Anything' } }), 'widens'],
    [of({ schema: {} }), of({ schema }), 'narrows'],
    [of({ schema }), of({ schema: { type: 'object' } }), 'read_it_yourself'],
    [of({ class: 'write' }), of({ class: 'human_only' }), 'narrows'],
    [of({ class: 'human_only' }), of({ class: 'dangerous' }), 'widens'],
    [of({ class: 'dangerous' }), of({ class: 'read' }), 'widens'],
    [of({ class: 'write' }), of({ class: 'dangerous' }), 'read_it_yourself'],
    [of({}), of({ description: 'Pays.', owner: 'ops' }), 'neutral'],
    [of({ untrustedOutput: true }), of({}), 'widens'],
    [{ tools: { find: FIND } }, of({}), 'neutral'],
    [of({}), { tools: { find: FIND } }, 'narrows'],
  ] as const)('%#: %j -> %j: %s', (before, after, direction) => {
    expect(called(before, after)).toEqual([direction]);
  });

  test('what a condition looks at is no note', () => {
    const cells: PolicyCell[] = [
      { role: 'agent', tool: 'pay', effect: 'allow', when: 'tool.owner == "ops"' },
    ];
    expect(called({ ...of({}), cells }, { ...of({ owner: 'ops' }), cells })).toEqual(['read_it_yourself']);
  });
});

describe('a role', () => {
  const cells = (effect: PolicyCell['effect']): Partial<PolicyDocument> => ({
    cells: [{ role: 'other', tool: 'pay', effect }],
  });
  const of = (...inherits: string[]): Partial<PolicyDocument> => ({
    roles: { ...base.roles, lead: role(...inherits) },
  });
  it.each([
    [of(), of('other'), cells('allow'), 'widens'],
    [of(), of('other'), cells('deny'), 'narrows'],
    [of('other'), of(), cells('allow'), 'narrows'],
    [of('other'), of(), cells('deny'), 'widens'],
    [of('other'), of(), { quotas: { q: quota({ per: 'role', holder: 'other' }) } }, 'widens'],
    [
      of('other'),
      of(),
      { cells: [{ role: 'agent', tool: 'pay', effect: 'allow' as const, when: '"other" in subject.roles' }] },
      'read_it_yourself',
    ],
    [
      { roles: { agent: role() } },
      { roles: { agent: role(), fresh: role('agent') } },
      cells('deny'),
      'neutral',
    ],
  ] as const)('%j -> %j with %j: %s', (before, after, both, direction) => {
    expect(
      called(
        { ...both, ...before } as Partial<PolicyDocument>,
        { ...both, ...after } as Partial<PolicyDocument>,
      ),
    ).toEqual([direction]);
  });
});

describe('a guardrail', () => {
  const of = (over?: Partial<PolicyGuardrail>): Partial<PolicyDocument> => ({
    guardrails: over === undefined ? {} : { g: rule(over) },
  });
  const check = (...musts: string[]) => ({
    checks: musts.map((must, i) => ({ name: `c${i}`, must, message: 'No.' })),
  });
  it.each([
    [of(), of({}), 'narrows'],
    [of({}), of(), 'widens'],
    [of({}), of({ enabled: false }), 'widens'],
    [of({ enabled: false }), of(), 'neutral'],
    [of(check('args.n < 5')), of(check('true')), 'widens'],
    [of(check('args.n < 5', 'args.m < 5')), of(check('args.n < 5')), 'widens'],
    [of(check('args.n < 5')), of(check('args.n < 5', 'args.m < 5')), 'narrows'],
    [of(check('args.n < 5')), of(check('args.n < 50')), 'read_it_yourself'],
    [of(check('args.n < 5')), of(check('false')), 'narrows'],
    [of({}), of({ when: 'args.n > 1' }), 'widens'],
    [of({ when: 'args.n > 1' }), of({}), 'read_it_yourself'],
    [of({}), of({ when: 'false' }), 'widens'],
    [of({ tools: ['pay', 'find'] }), of({ tools: ['pay'] }), 'widens'],
    [of({ tools: ['pay'] }), of({ tools: ['pay', 'find'] }), 'narrows'],
    [of({}), of({ title: 'Another title' }), 'neutral'],
  ] as const)('%#: %j -> %j: %s', (before, after, direction) => {
    expect(called(before, after)).toEqual([direction]);
  });
});

describe('a quota', () => {
  const of = (over: Partial<PolicyQuota>): Partial<PolicyDocument> => ({ quotas: { q: quota(over) } });
  const day = 86_400;
  it.each([
    [of({ limit: 10, windowSeconds: 3600 }), of({ limit: 200, windowSeconds: day }), 'read_it_yourself'],
    [of({ limit: 10, windowSeconds: 3600 }), of({ limit: 240, windowSeconds: day }), 'read_it_yourself'],
    [of({ limit: 20, windowSeconds: 3600 }), of({ limit: 10, windowSeconds: day }), 'narrows'],
    [of({ limit: 10, windowSeconds: day }), of({ limit: 20, windowSeconds: 3600 }), 'widens'],
    [of({ limit: 10 }), of({ limit: 9 }), 'narrows'],
    [of({ tool: 'pay' }), of({ tool: 'find' }), 'read_it_yourself'],
    [of({ per: 'user' }), of({ per: 'tenant' }), 'read_it_yourself'],
    [of({ per: 'role', holder: 'agent' }), of({ per: 'role', holder: 'lead' }), 'read_it_yourself'],
    [{}, of({}), 'narrows'],
    [of({}), {}, 'widens'],
  ] as const)('%#: %j -> %j: %s', (before, after, direction) => {
    expect(called(before, after)).toEqual([direction]);
  });
});

test('an assistant', () => {
  const of = (...args: Parameters<typeof assistant>) => ({ assistants: { bot: assistant(...args) } });
  expect(called(of(['pay']), of(['pay', 'find']))).toEqual(['widens']);
  expect(called(of(['pay', 'find']), of(['pay']))).toEqual(['narrows']);
  expect(called(of(['pay'], false), of(['pay']))).toEqual(['widens']);
  expect(called(of(['pay'], false), of(['pay', 'find'], false))).toEqual(['neutral']);
  expect(called({ assistants: {} }, of(['pay']))).toEqual(['widens']);
});

test('a removed tool takes its guards along, which widens nothing', () => {
  const guards: Partial<PolicyDocument> = {
    cells: [{ role: 'agent', tool: 'pay', effect: 'deny' }],
    guardrails: { g: rule() },
    quotas: { q: quota() },
  };
  const without = { tools: { find: FIND }, assistants: { bot: assistant(['find']) } };
  expect(new Set(called(guards, without))).toEqual(new Set(['narrows', 'neutral']));
});

// --- the promise -----------------------------------------------------------------------------------------------------

const TOOLS = ['pay', 'wipe'];
const ROLES = ['one', 'two', 'three'];
const condition = fc.constantFrom(
  'true',
  'args.n < 9',
  'args.n < 9',
  '!has(args.m) || args.m < 10',
  'false',
  'args.n < 3',
  'args.n < 5',
  'args.m < 3',
  'has(args.n) && args.n > 0',
  '"two" in subject.roles',
  'tool.owner == "ops"',
);
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const some = <T>(names: readonly string[], value: fc.Arbitrary<T>, maxKeys = 2) =>
  fc.dictionary(fc.constantFrom(...names), value, { maxKeys, noNullPrototype: true });
const anyTool = fc.record({
  ...Object.fromEntries(Object.entries(tool()).map(([member, value]) => [member, fc.constant(value)])),
  class: fc.constantFrom('read', 'write', 'write', 'write', 'dangerous', 'dangerous', 'human_only'),
  owner: fc.constantFrom('', 'ops'),
  schema: fc.constantFrom({}, {}, {}, { properties: { n: { type: 'integer' } } }, { required: ['n'] }),
}) as fc.Arbitrary<PolicyTool>;
const anyCell = fc.record(
  {
    role: fc.constantFrom(...ROLES),
    tool: fc.constantFrom(...TOOLS),
    effect: fc.constantFrom(
      ...(['allow', 'allow', 'allow', 'allow', 'allow', 'allow', 'approve', 'deny'] as const),
    ),
    when: condition,
  },
  { requiredKeys: ['role', 'tool', 'effect'] },
);
const anyGuardrail: fc.Arbitrary<PolicyGuardrail> = fc
  .record({
    tools: fc.uniqueArray(fc.constantFrom(...TOOLS), { minLength: 1, maxLength: 2 }),
    enabled: fc.boolean(),
    when: optional(condition),
    checks: fc
      .array(condition, { minLength: 1, maxLength: 2 })
      .map((musts) => musts.map((must, i) => ({ name: `c${i}`, must, message: 'No.' }))),
  })
  .map((over) => rule(over as Partial<PolicyGuardrail>));
const anyQuota: fc.Arbitrary<PolicyQuota> = fc
  .record({
    per: fc.constantFrom('user' as const, 'role' as const, 'tenant' as const),
    holder: fc.constantFrom(...ROLES),
    on: fc.oneof(
      fc.record({ tool: fc.constantFrom(...TOOLS) }),
      fc.record({ toolClass: fc.constantFrom('write' as const, 'dangerous' as const) }),
    ),
    limit: fc.constantFrom(0, 1, 2, 5, 5),
    windowSeconds: fc.constantFrom(10, 60, 600),
  })
  .map(({ per, holder, on, limit, windowSeconds }) => ({
    per,
    limit,
    windowSeconds,
    ...on,
    ...(per === 'role' && { holder }),
  }));
const document: fc.Arbitrary<PolicyDocument> = fc
  .record({
    tools: fc.oneof(
      { weight: 1, arbitrary: some(TOOLS, anyTool) },
      { weight: 6, arbitrary: fc.record({ pay: anyTool, wipe: anyTool }) },
    ),
    resourceTypes: fc.constant({}),
    roles: fc
      .record({
        one: fc.constantFrom([], ['two']),
        two: fc.constantFrom([], ['three']),
        three: fc.constant([]),
      })
      .map((roles) => Object.fromEntries(Object.entries(roles).map(([name, up]) => [name, role(...up)]))),
    cells: fc.uniqueArray(anyCell, { minLength: 4, maxLength: 6, selector: (c) => `${c.role} ${c.tool}` }),
    guardrails: fc.oneof(fc.constant({}), some(['g', 'h'], anyGuardrail, 2)),
    quotas: fc.oneof(fc.constant({}), some(['q', 'r'], anyQuota, 2)),
    assistants: fc
      .record({
        enabled: fc.constantFrom(true, true, true, true, true, false),
        tools: fc.oneof(
          { weight: 2, arbitrary: fc.constant(TOOLS) },
          { weight: 1, arbitrary: fc.shuffledSubarray(TOOLS, { minLength: 1 }) },
        ),
      })
      .map(({ enabled, tools }) => ({ bot: assistant(tools, enabled) })),
  })
  .map(sensible);

/** Without what names what is not there. */
function sensible(one: PolicyDocument): PolicyDocument {
  const known = (name: string) => Object.hasOwn(one.tools, name);
  const entries = <T>(record: Record<string, T>, keep: (value: T) => boolean) =>
    Object.fromEntries(Object.entries(record).filter(([, value]) => keep(value)));
  return {
    ...one,
    cells: one.cells.filter(
      (cell) =>
        known(targetOf(cell)) &&
        Object.hasOwn(one.roles, cell.role) &&
        !(cell.effect === 'allow' && one.tools[targetOf(cell)]?.class === 'human_only'),
    ),
    guardrails: entries(one.guardrails, ({ tools }) => tools.every(known)),
    quotas: entries(
      one.quotas,
      ({ tool: on, holder }) =>
        (on === undefined || known(on)) && (holder === undefined || Object.hasOwn(one.roles, holder)),
    ),
    assistants: Object.fromEntries(
      Object.entries(one.assistants).map(([name, a]) => [name, { ...a, tools: a.tools.filter(known) }]),
    ),
  };
}

/** A neighbour: some of its things are another document's. */
const neighbours = fc
  .tuple(document, document, fc.array(fc.boolean(), { minLength: 24, maxLength: 24 }))
  .map(([before, other, coin]) => {
    const changes = diffPolicies(before, other);
    const after = sensible(applyEdits(before, editsFrom(changes.filter((_, i) => coin[i % coin.length]))));
    return { before, after };
  });

const circumstances = fc.record({
  roles: fc.uniqueArray(fc.constantFrom(...ROLES), { minLength: 1, maxLength: 3 }),
  grants: fc.oneof(
    { weight: 4, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: some(TOOLS, fc.constantFrom('allow' as const, 'deny' as const), 1) },
  ),
  tool: fc.constantFrom(...TOOLS),
  args: fc.constantFrom(
    {},
    { n: 1 },
    { n: 1 },
    { n: 4 },
    { n: 1, m: 1 },
    { n: 2, m: 2 },
    { n: 4, m: 9 },
    { n: 'x' },
  ),
  spent: fc.constantFrom(0, 0, 0, 0, 1, 3),
  ago: fc.constantFrom(5_000, 30_000, 300_000),
  stop: fc.constantFrom(null, null, null, null, null, null, 'write', 'dangerous'),
});
type Circumstances = typeof circumstances extends fc.Arbitrary<infer T> ? T : never;

function ask(policy: CompiledPolicy, some: Circumstances, ended: Endings): string {
  const request: EvaluationRequest = {
    subject: { type: 'user', id: 'mia', properties: {} },
    action: { name: 'tools/call', properties: {} },
    resource: { type: 'tool', id: some.tool, properties: {} },
    arguments: some.args,
    assistant: 'bot',
    channel: 'interactive',
    runId: null,
    threadId: null,
    context: {},
  };
  const log = some.spent === 0 ? [] : [[NOW - some.ago, some.spent] as const];
  const state = new StateMap();
  for (const key of quotaLog.keysOf(request, policy)) state.set(quotaLog, key, log);
  const facts: Facts = {
    id: 'evaluation',
    now: NOW,
    caller: { id: 'key', assistants: [] },
    subject: {
      roles: some.roles.filter((name) => !ended.roles.includes(name)),
      grants: Object.fromEntries(
        Object.entries(some.grants).filter(([on, grant]) => grant === 'deny' || !ended.tools.includes(on)),
      ),
    },
    switches:
      some.stop === null
        ? []
        : [{ id: 's', scope: 'tool_class', target: some.stop, mode: 'stopped', reason: 'drill' }],
    policy,
    state,
  };
  return decide(request, facts).effect;
}

const NOTHING: Endings = { roles: [], tools: [], assistants: [] };
const harmless = (direction: Direction) => direction === 'narrows' || direction === 'neutral';

/** The most of the changes that are called harmless where they are made, or null. */
function harmlessPart(before: PolicyDocument, after: PolicyDocument): PolicyDocument | null {
  let changes: readonly PolicyChange[] = diffPolicies(before, after);
  for (let tries = 0; tries < 5; tries += 1) {
    const made = sensible(applyEdits(before, editsFrom(changes)));
    const between = new Between(before, made);
    const real = diffPolicies(before, made);
    const kept = real.filter((change) => harmless(directionOf(change, between)));
    if (kept.length === real.length) return real.length === 0 || checkPolicy(made).length > 0 ? null : made;
    changes = kept;
  }
  return null;
}

const RUNS = 2_000;

test('no request goes from denied to allowed by changes that are all called narrowing or neutral', () => {
  let compared = 0;
  let allowedBefore = 0;
  let stillAllowed = 0;
  fc.assert(
    fc.property(
      neighbours,
      fc.array(circumstances, { minLength: 6, maxLength: 6 }),
      ({ before, after }, asked) => {
        const made = harmlessPart(before, after);
        if (made === null) return;
        const [then, now] = [compilePolicy(before), compilePolicy(made)];
        const ended = endingsOf(before, made);
        for (const one of asked) {
          compared += 1;
          const was = ask(then, one, NOTHING);
          const is = ask(now, one, ended);
          if (was === 'allow') allowedBefore += 1;
          if (is !== 'allow') continue;
          expect(was).toBe('allow');
          stillAllowed += 1;
        }
      },
    ),
    { numRuns: RUNS, seed: 20261126 },
  );
  expect(compared).toBeGreaterThan(RUNS * 3);
  expect(allowedBefore / compared).toBeGreaterThan(0.2);
  expect(stillAllowed / compared).toBeGreaterThan(0.1);
}, 60_000);

test('whatever lets a request through is among the effects, as what widens or has to be read', () => {
  let opened = 0;
  fc.assert(
    fc.property(
      neighbours,
      fc.array(circumstances, { minLength: 6, maxLength: 6 }),
      ({ before, after }, asked) => {
        const ended = endingsOf(before, after);
        const [then, now] = [compilePolicy(before), compilePolicy(after)];
        const letThrough = (one: Circumstances) =>
          ask(then, one, NOTHING) !== 'allow' && ask(now, one, ended) === 'allow';
        if (!asked.some(letThrough)) return;
        opened += 1;
        expect(effectsOf(before, after).every(({ direction }) => harmless(direction))).toBe(false);
      },
    ),
    { numRuns: RUNS, seed: 20261126 },
  );
  expect(opened).toBeGreaterThan(RUNS / 40);
}, 60_000);
