/** Random policies, requests and facts over a few names, so that they meet each other often. For property tests. */
import fc from 'fast-check';
import {
  CHANNELS,
  compilePolicy,
  KILL_MODES,
  KILL_SCOPES,
  ownKey,
  quotaLog,
  stateKey,
  StateMap,
  TOOL_CLASSES,
  type EvaluationRequest,
  type Facts,
  type Json,
  type JsonObject,
  type KillSwitch,
  type PolicyCell,
  type PolicyDocument,
  type PolicyGuardrail,
  type PolicyQuota,
  type QuotaLog,
} from '../src/index.js';
import { cellKey } from '../src/matrix/cell.js';

const TOOLS = ['find', 'pay', 'wipe', 'a/b'];
const TYPES = ['note', 'room'];
const ACTIONS = ['see', 'edit'];
const TARGETS = TYPES.flatMap((resourceType) => ACTIONS.map((action) => ({ resourceType, action })));
const ROLES = ['one', 'two', 'two/a'];
const ASSISTANTS = ['bot', 'other'];
export const NOW = Date.UTC(2026, 0, 1);

const name = (...known: string[]) =>
  fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...known) },
    { weight: 1, arbitrary: fc.constantFrom('unheard_of', 'constructor') },
  );
const condition = fc.constantFrom(
  'true',
  'false',
  'args.n <= 2',
  'args.n * 1.5 > 1',
  'has(args.n) && args.n > 0',
  'context.channel == "interactive"',

  'size(args.list) < 3',
  'args.list.all(x, x > 0)',
  'subject.roles.exists(r, r == "one")',
  'tool.class == "read"',
  'resource.properties.n > 1',
  'subject.properties.level >= 2',

  // What no check would let through.
  'args.',
  'nobody',
  '1 + 1',
);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const few = <T>(names: string[], value: fc.Arbitrary<T>) =>
  fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 2, noNullPrototype: true });
const each = <T>(names: string[], value: fc.Arbitrary<T>) =>
  fc.record(Object.fromEntries(names.map((one) => [one, value]))) as fc.Arbitrary<Record<string, T>>;

const tool = fc.record({
  class: fc.constantFrom(...TOOL_CLASSES),
  justification: fc.constant('for the test'),
  description: fc.constant(''),
  owner: fc.constant(''),
  server: fc.constant(''),
  reversible: fc.boolean(),
  schema: fc.constantFrom<PolicyDocument['tools'][string]['schema']>(
    {},
    {},
    {},
    { type: 'object', properties: { n: { type: 'number' } } },
    { type: 'nonsense' },
  ),
  untrustedOutput: fc.boolean(),
});

const resourceType = fc.record({
  title: fc.constant(''),
  description: fc.constant(''),
  actions: each(ACTIONS, fc.record({ class: fc.constantFrom(...TOOL_CLASSES), title: fc.constant('') })),
  schema: fc.constantFrom<PolicyDocument['tools'][string]['schema']>(
    {},
    {},
    { type: 'object', properties: { n: { type: 'number' } } },
  ),
  register: fc.constantFrom('required' as const, 'optional' as const),
});

const place = fc.oneof(
  { weight: 3, arbitrary: fc.record({ tool: name(...TOOLS) }) },
  { weight: 1, arbitrary: fc.constantFrom(...TARGETS) },
);

export const cell: fc.Arbitrary<PolicyCell> = fc
  .tuple(
    place,
    fc.record(
      {
        role: name(...ROLES),
        effect: fc.constantFrom('allow' as const, 'allow' as const, 'approve' as const, 'deny' as const),
        when: condition,
      },
      { requiredKeys: ['role', 'effect'] },
    ),
  )
  .map(([on, { role, ...value }]) => ({ role, ...on, ...value }));

export const guardrail: fc.Arbitrary<PolicyGuardrail> = fc.record({
  kind: fc.constant('pre_tool' as const),
  title: fc.constant('A guardrail'),
  tools: fc.uniqueArray(name(...TOOLS), { minLength: 1 }),
  resourceTypes: fc.shuffledSubarray(TYPES),
  enabled: fc.boolean(),
  when: maybe(condition),
  checks: fc.array(fc.record({ name: fc.constant('check'), must: condition, message: fc.constant('No.') }), {
    minLength: 1,
    maxLength: 2,
  }),
});

const quota: fc.Arbitrary<PolicyQuota> = fc
  .record({
    per: fc.constantFrom('user', 'role', 'assistant', 'tenant'),
    on: fc.oneof(
      { weight: 4, arbitrary: fc.record({ tool: name(...TOOLS) }) },
      { weight: 4, arbitrary: fc.record({ toolClass: fc.constantFrom(...TOOL_CLASSES) }) },
      { weight: 1, arbitrary: fc.constantFrom(...TARGETS) },
    ),
    holder: name(...ROLES, ...ASSISTANTS),
    limit: fc.nat(3),
    windowSeconds: fc.integer({ min: 1, max: 100 }),
  })
  .map(({ per, on, holder, limit, windowSeconds }) => ({
    per,
    limit,
    windowSeconds,
    ...on,
    ...(per === 'role' || (per === 'assistant' && limit > 1) ? { holder } : {}),
  }));

/** Its shape is right; whether it makes sense is another matter. */
export const policyDocument: fc.Arbitrary<PolicyDocument> = fc.record({
  tools: fc.record(Object.fromEntries(TOOLS.map((one) => [one, tool])), { requiredKeys: ['find', 'pay'] }),
  roles: each(
    ROLES,
    fc.record({
      title: fc.constant(''),
      description: fc.string(),
      inherits: fc.uniqueArray(name(...ROLES), { maxLength: 2 }),
    }),
  ),
  resourceTypes: each(TYPES, resourceType),
  cells: fc.uniqueArray(cell, { minLength: 6, maxLength: 12, selector: cellKey }),
  guardrails: few(['g', 'h', 'i'], guardrail),
  quotas: few(['q', 'r', 's'], quota),
  assistants: each(
    ASSISTANTS,
    fc.record({
      title: fc.constant(''),
      description: fc.constant(''),
      enabled: fc.constantFrom(true, true, true, false),
      tools: fc.shuffledSubarray(TOOLS, { minLength: 3 }),
      resourceTypes: fc.shuffledSubarray(TYPES, { minLength: 1 }),
    }),
  ),
});

/** Members with names that break careless code among them. */
const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>;
const object: fc.Arbitrary<JsonObject> = fc.dictionary(
  fc.oneof(fc.string(), fc.constantFrom('n', 'list', '__proto__', 'constructor', 'toString')),
  json,
  { maxKeys: 4, noNullPrototype: true },
);
const args: fc.Arbitrary<Json> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record(
      {
        n: fc.oneof(fc.integer({ min: -3, max: 5 }), fc.double({ noNaN: true })),
        list: fc.array(fc.integer({ min: -1, max: 5 }), { maxLength: 4 }),
      },
      { requiredKeys: [] },
    ),
  },
  { weight: 1, arbitrary: object },
  { weight: 1, arbitrary: json },
);

export const request: fc.Arbitrary<EvaluationRequest> = fc.record({
  subject: fc.record({
    type: fc.constant('user'),
    id: fc.oneof(fc.constant('mia'), fc.string()),
    properties: object,
  }),
  action: fc.record({
    name: fc.oneof(
      { weight: 9, arbitrary: fc.constant('tools/call') },
      { weight: 1, arbitrary: fc.string() },
    ),
    properties: object,
  }),
  resource: fc.record({
    type: fc.oneof({ weight: 9, arbitrary: fc.constant('tool') }, { weight: 1, arbitrary: fc.string() }),
    id: name(...TOOLS, ...TOOLS),
    properties: object,
  }),
  arguments: args,
  assistant: fc.oneof(
    { weight: 8, arbitrary: name('bot', 'bot', 'bot', 'other') },
    { weight: 1, arbitrary: fc.constant(null) },
  ),
  channel: fc.constantFrom(...CHANNELS),
  runId: fc.option(fc.string()),
  threadId: fc.option(fc.string()),
  context: object,
});

export const killSwitch: fc.Arbitrary<KillSwitch> = fc.record({
  id: fc.uuid(),
  scope: fc.constantFrom(...KILL_SCOPES),
  target: name(...TOOLS, ...ASSISTANTS, ...TOOL_CLASSES),
  mode: fc.constantFrom(...KILL_MODES),
  reason: fc.string(),
});

const QUOTA_KEYS = [
  stateKey('q:tenant'),
  ownKey('q', { type: 'user', id: 'mia' }),
  stateKey('r:assistant:bot'),
  stateKey('s:role:one'),
];
const log: fc.Arbitrary<QuotaLog> = fc
  .array(fc.tuple(fc.integer({ min: NOW - 100_000, max: NOW }), fc.integer({ min: 1, max: 2 })), {
    maxLength: 3,
  })
  .map((entries) => entries.sort(([a], [b]) => a - b));

/** Facts about a given document, without the policy compiled from it. */
export const circumstances: fc.Arbitrary<Omit<Facts, 'policy'>> = fc.record({
  id: fc.constant('evaluation'),
  now: fc.constant(NOW),
  caller: fc.record({
    id: fc.constant('key'),
    assistants: fc.oneof(fc.constant([]), fc.uniqueArray(name(...ASSISTANTS))),
  }),
  subject: fc.option(
    fc.record({
      roles: fc.uniqueArray(name(...ROLES), { maxLength: 3 }),
      grants: fc.dictionary(name(...TOOLS), fc.constantFrom('allow' as const, 'deny' as const), {
        maxKeys: 2,
        noNullPrototype: true,
      }),
    }),
    { freq: 9 },
  ),
  switches: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(killSwitch, { maxLength: 2 }) },
  ),
  state: fc
    .uniqueArray(fc.tuple(fc.constantFrom(...QUOTA_KEYS), log), { selector: ([{ text }]) => text })
    .map((logs) => logs.reduce((state, [key, one]) => state.set(quotaLog, key, one), new StateMap())),
});

export const situation = fc.record({ document: policyDocument, request, circumstances });

const OPEN: PolicyDocument['tools'][string] = {
  class: 'write',
  justification: 'for the test',
  description: '',
  owner: '',
  server: '',
  reversible: false,
  schema: {},
  untrustedOutput: false,
};
const BOT = { title: '', description: '', enabled: true, tools: ['find', 'pay'] };

/**
 * Situations in which a tool is asked for by somebody whose role has it, through an assistant that has it: as often
 * allowed as not, and then mostly for one reason.
 */
export const likelySituation = fc
  .tuple(situation, fc.constantFrom('find', 'pay'), fc.constantFrom('one', 'two'))
  .map(([{ document, request: asked, circumstances: found }, tool, role]) => ({
    document: {
      ...document,
      tools: { ...document.tools, find: OPEN, pay: OPEN },
      assistants: { ...document.assistants, bot: BOT },
      cells: [
        ...document.cells.filter((one) => one.role !== role || one.tool !== tool),
        { role, tool, effect: 'allow' as const },
      ],
    },
    request: {
      ...asked,
      action: { ...asked.action, name: 'tools/call' },
      resource: { ...asked.resource, type: 'tool', id: tool },
      assistant: 'bot',
    },
    circumstances: {
      ...found,
      caller: { ...found.caller, assistants: ['bot'] },
      subject: { grants: found.subject?.grants ?? {}, roles: [role] },
    },
  }));

export const factsOf = (document: PolicyDocument, rest: Omit<Facts, 'policy'>): Facts => ({
  ...rest,
  policy: compilePolicy(document),
});
