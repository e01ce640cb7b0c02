/** Whatever an item throws while it is settled, and wherever, the others are settled as if it had never been there. */
import { createSealer, type Sealer } from '@reeve/audit';
import {
  compilePolicy,
  kindsOf,
  PIPELINE,
  PolicyDocument,
  type EvaluationRequest,
  type OutcomeReport,
} from '@reeve/policy';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SubjectKey, SubjectKeys } from '../ledger/subject-keys.js';
import type { Vault } from '../ledger/vault.js';
import { LookUp } from './look-up.js';
import type { Authorised } from './recorded-evaluation.js';
import { Snapshots, type Snapshot } from './snapshots.js';
import { settleAll, TenantBatch } from './tenant-batch.js';
import { TenantMemories } from './tenant-memory.js';
import type { Work } from './work.js';

const TENANTS = ['7f000000-0000-4000-8000-000000000001', '7f000000-0000-4000-8000-000000000002'] as const;
const KEY = 'key-1';
const NOW = Date.UTC(2026, 0, 1);
const LIMIT = 2;

const policy = compilePolicy(
  PolicyDocument.parse({
    tools: { search: { class: 'read', justification: 'Reads an index.', schema: { type: 'object' } } },
    roles: { customer: {} },
    cells: [{ role: 'customer', tool: 'search', effect: 'allow' }],
    guardrails: {},
    quotas: {
      per_user: { per: 'user', tool: 'search', limit: LIMIT, windowSeconds: 60 },
      in_total: { per: 'tenant', tool: 'search', limit: 4 * LIMIT, windowSeconds: 60 },
    },
    assistants: { desk: { tools: ['search'] } },
  }),
);
const snapshot: Snapshot = {
  epoch: 1,
  policyRevision: 1,
  policy,
  switches: [],
  keys: new Map([[KEY, []]]),
};

// --- how an item can go wrong ----------------------------------------------------------------------------------------

const FAULT = new Error('injected');
/** Throws at the n-th look into it. */
function trap(fuse: number): { a: number; b: string } {
  let left = fuse;
  const look = <T>(then: () => T): T => {
    if (left-- <= 0) throw FAULT;
    return then();
  };
  return new Proxy(
    { a: 1, b: 'x' },
    {
      get: (on, name) => look((): unknown => Reflect.get(on, name)),
      ownKeys: (on) => look(() => Reflect.ownKeys(on)),
      getOwnPropertyDescriptor: (on, name) => look(() => Reflect.getOwnPropertyDescriptor(on, name)),
      getPrototypeOf: (on) => look(() => Reflect.getPrototypeOf(on)),
    },
  );
}

const FAULTS = {
  'arguments that throw': (fuse) => ({ arguments: trap(fuse) }),
  'a context that throws': (fuse) => ({ context: { x: trap(fuse) } }),
  'no canonical form': () => ({ arguments: { x: Number.POSITIVE_INFINITY } }),
  'half a surrogate': () => ({ context: { x: '\ud800' } }),
  'a subject nobody looked up': () => ({ subject: { type: 'user', id: 'nobody', properties: {} } }),
  'a subject whose key does not open': () => ({ subject: { type: 'user', id: 'locked', properties: {} } }),
  'a subject no key can be made for': () => ({ subject: { type: 'user', id: 'unlucky', properties: {} } }),
  'a record that can’t be sealed': () => ({ action: { name: 'unsealable', properties: {} } }),
} satisfies Record<string, (fuse: number) => Partial<EvaluationRequest>>;

const sealerOf = (tenantId: string): Sealer => {
  const sealer = createSealer(Buffer.alloc(32, 7), 'k1', tenantId);
  return {
    ...sealer,
    seal: (fields) => {
      if (JSON.stringify(fields.body).includes('unsealable')) throw FAULT;
      return sealer.seal(fields);
    },
  };
};
const vault = { seal: (key: Uint8Array) => Buffer.from(key), open: (key: Uint8Array) => Buffer.from(key) };
class Keys extends SubjectKeys {
  constructor() {
    super(vault as unknown as Vault);
  }
  override make(tenantId: string, type: string, id: string) {
    if (id === 'unlucky') throw FAULT;
    return super.make(tenantId, type, id);
  }
}

// --- what a batch finds ----------------------------------------------------------------------------------------------

const SUBJECTS = ['mia', 'ann', 'stranger'];
const EVALUATION = '7f000000-0000-4000-8000-00000000000e';

/** Facts as a look-up leaves them; what it would have to look up must have been asked for. */
function tenantsFor(work: readonly Work[]): ReadonlyMap<string, TenantBatch> {
  const keys = new Keys();
  const memories = new TenantMemories();
  const snapshots = new Snapshots();
  snapshots.get = () => snapshot;
  const kinds = { decided: kindsOf(PIPELINE), accounted: [] };
  LookUp.for(work, { memories, snapshots, subjectKeys: keys, kinds })?.learn({
    subjects: null,
    resources: null,
    states: null,
    evaluations: null,
    told: null,
  });
  return new Map(
    TENANTS.map((tenantId) => {
      const { facts } = memories.of(tenantId);
      for (const [name, fact] of facts.subjects) {
        if (name.includes('mia') || name.includes('ann') || name.includes('unlucky'))
          facts.subjects.set(name, { ...fact, bound: { roles: ['customer'], grants: {} } });
        if (name.includes('locked'))
          facts.subjects.set(name, { bound: fact.bound, key: new SubjectKey('ref', FAULT) });
        if (name.includes('nobody')) facts.subjects.delete(name);
      }
      if (facts.evaluations.has(EVALUATION)) facts.evaluations.set(EVALUATION, authorised(tenantId));
      const from = { tenantId, seq: 0, hash: '0'.repeat(64), at: NOW - 1, epoch: 1, policyRevision: 1 };
      const sealer = sealerOf(tenantId);
      const opened = { from, sealer, snapshot, switches: [], facts, now: NOW, keys, stages: PIPELINE };
      return [tenantId, new TenantBatch(opened)];
    }),
  );
}

const authorised = (tenant: string): Authorised => ({
  id: EVALUATION,
  seq: 1,
  payload: JSON.stringify({
    tenant,
    actor: {
      assistant: 'desk',
      caller: { id: KEY },
      subject: { ref: '7f000000-0000-4000-8000-00000000000f' },
    },
    seen: { resource: { id: 'search' }, arguments: 'x' },
    decided: { effect: 'allow' },
  }),
  subject: null,
  ciphertext: null,
  runId: null,
  target: null,
  outcome: null,
});

// --- items -----------------------------------------------------------------------------------------------------------

const good: EvaluationRequest = {
  subject: { type: 'user', id: 'mia', properties: {} },
  action: { name: 'tools/call', properties: {} },
  resource: { type: 'tool', id: 'search', properties: {} },
  arguments: { q: 'x' },
  assistant: 'desk',
  channel: 'interactive',
  runId: null,
  threadId: null,
  context: {},
};
/** What an item will be; fast-check would look into what throws when it is looked into. */
interface Plan {
  readonly tenant: string;
  readonly kind: 'ask' | 'account' | 'revoked';
  readonly requests: readonly { id: string; fault: keyof typeof FAULTS | null; fuse: number }[];
}
const faults = Object.keys(FAULTS) as (keyof typeof FAULTS)[];
const plan: fc.Arbitrary<Plan> = fc.record({
  tenant: fc.constantFrom(...TENANTS),
  kind: fc.constantFrom(...(['ask', 'ask', 'ask', 'ask', 'account', 'revoked'] as const)),
  requests: fc.array(
    fc.record({
      id: fc.constantFrom(...SUBJECTS),
      fault: fc.option(fc.constantFrom(...faults), { freq: 1, nil: null }),
      fuse: fc.nat(12),
    }),
    { minLength: 1, maxLength: 3 },
  ),
});
const callerOf = (tenantId: string, keyId = KEY) => ({ tenantId, keyId, assistants: [] });
const about = (id: string) => ({ ...good, subject: { type: 'user', id, properties: {} } });

function workOf({ tenant, kind, requests }: Plan): Work {
  if (kind === 'account') {
    const [{ fault }] = requests as [Plan['requests'][number]];
    const report: OutcomeReport = { evaluation_id: EVALUATION, status: 'succeeded' };
    if (fault !== null) report.result = trap(0);
    return { kind, caller: callerOf(tenant), report };
  }
  return {
    kind: 'ask',
    caller: callerOf(tenant, kind === 'revoked' ? 'revoked' : KEY),
    requests: requests.map(({ id, fault, fuse }) => ({
      ...about(id),
      ...(fault === null ? {} : FAULTS[fault](fuse)),
    })),
    semantic: 'execute_all',
  };
}

/** Everything a batch leaves behind, without what is random. */
const left = (tenants: ReadonlyMap<string, TenantBatch>) =>
  [...tenants.values()].map((tenant) => ({
    records: tenant.chain.records.map(({ row }) => ({
      seq: row['seq'],
      effect: row['effect'],
      reason: row['reason'],
      action: row['action'],
    })),
    head: tenant.chain.head.seq,
    newKeys: tenant.newKeys.map(({ id }) => id),
    written: tenant.stateRows().map(({ kind, state, expires_at }) => ({ kind, state, expires_at })),
    state: Object.fromEntries([...tenant.facts.state].filter(([, log]) => (log as object[]).length > 0)),
    subjects: [...tenant.facts.subjects]
      .flatMap(([name, { key }]) => (key === null || name.includes('locked') ? [] : [name]))
      .sort(),
    outcomes: [...tenant.facts.evaluations].filter(([, one]) => one?.outcome != null).length,
  }));

test('its neighbours’ answers, records and quotas are those of a batch without it', () => {
  let failures = 0;
  let exhausted = 0;
  fc.assert(
    fc.property(fc.array(plan, { minLength: 8, maxLength: 30 }), (plans) => {
      const work = plans.map(workOf);
      const tenants = tenantsFor(work);
      const settled = settleAll(tenants, work);
      const fine = plans.filter((_, i) => 'answer' in settled[i]!).map(workOf);
      failures += work.length - fine.length;

      const alone = tenantsFor(fine);
      const answers = settleAll(alone, fine);
      expect(answers.every((one) => 'answer' in one)).toBe(true);
      expect(left(tenants)).toEqual(left(alone));
      const effects = (all: typeof settled) =>
        all
          .flatMap((one) => ('answer' in one ? [one.answer] : []))
          .map((answer) =>
            Array.isArray(answer)
              ? answer.map(({ decision }) => [decision.effect, decision.reason])
              : 'accounted',
          );
      expect(effects(settled)).toEqual(effects(answers));
      if (JSON.stringify(effects(answers)).includes('quota_exceeded')) exhausted++;
    }),
    { numRuns: 50, seed: 16 },
  );
  expect(failures).toBeGreaterThan(150);
  expect(exhausted).toBeGreaterThan(5);
});

test('a fact that nobody looked up is no absent fact: nothing is decided without it', () => {
  const work: Work[] = [
    { kind: 'ask', caller: callerOf(TENANTS[0]), requests: [good], semantic: 'execute_all' },
  ];
  const tenants = tenantsFor(work);
  const { facts } = tenants.get(TENANTS[0])!;
  facts.state.clear();
  expect(settleAll(tenants, work)).toMatchObject([{ error: { code: 'unavailable' } }]);
  facts.subjects.clear();
  expect(settleAll(tenants, work)).toMatchObject([{ error: { code: 'unavailable' } }]);
});

test('the ids of a batch ascend, and no two batches have the same', () => {
  const work: Work[] = Array.from({ length: 20 }, () => ({
    kind: 'ask',
    caller: callerOf(TENANTS[0]),
    requests: [good, good],
    semantic: 'execute_all',
  }));
  const idsOf = () =>
    settleAll(tenantsFor(work), work).flatMap((one) =>
      'answer' in one && Array.isArray(one.answer) ? one.answer.map(({ id }) => id) : [],
    );
  const [ids, others] = [idsOf(), idsOf()];
  expect(ids).toHaveLength(40);
  expect(ids).toEqual(ids.toSorted((a, b) => (a < b ? -1 : 1)));
  expect(new Set([...ids, ...others]).size).toBe(80);
});
