/**
 * A stage with state is a file: what it looks at is loaded with the rest, what it moves is written with the decision, and
 * no statement knows of it. Here a run with a limit of steps, which a denied question costs too and an outcome gives back.
 */
import {
  foundKey,
  ownKey,
  PIPELINE,
  stateOf,
  type EvaluationRequest,
  type Kind,
  type Stage,
} from '@reeve/policy';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { DecisionBatch } from '../src/evaluations/decision-batch.js';
import { HeadLocks } from '../src/evaluations/head-locks.js';
import { Shard } from '../src/evaluations/shard.js';
import { Snapshots } from '../src/evaluations/snapshots.js';
import type { Accounted, Evaluated } from '../src/evaluations/work.js';
import { AnsweredHeads } from '../src/ledger/answered-heads.js';
import { LedgerClock } from '../src/ledger/ledger-clock.js';
import { LedgerConnection } from '../src/ledger/ledger-connection.js';
import { verifyChain } from './support/chain.js';
import { createWorld, type World } from './support/world.js';

const STEPS = 3;
const HOUR_MS = 3_600_000;

interface Steps {
  readonly taken: number;
  readonly until: number;
}
const steps: Kind<Steps> = {
  name: 'test_steps',
  empty: { taken: 0, until: 0 },
  read: (text) => {
    const [taken, until] = JSON.parse(text) as [number, number];
    return { taken, until };
  },
  write: ({ taken, until }) => JSON.stringify([taken, until]),
  keysOf: ({ runId, subject }) => (runId === null ? [] : [ownKey(runId, subject)]),
  expiresAt: ({ until }) => (until === 0 ? null : until),
  notAfter: (state) => state,
};
const limits: Stage = {
  name: 'test-limits',
  question: 'Is the run within its steps?',
  kinds: [steps],
  check(request, facts) {
    const [key] = steps.keysOf(request, facts.policy);
    if (key === undefined) return { effect: 'pass' };
    const apply = ({ taken }: Steps, now: number): Steps => ({ taken: taken + 1, until: now + HOUR_MS });
    const moves = [{ kind: steps, key, when: 'always' as const, apply }];
    const { taken } = stateOf(facts, steps, key);
    return taken < STEPS ? { effect: 'pass', moves } : { effect: 'deny', reason: 'quota_exceeded', moves };
  },
  account({ request, report }, { policy }) {
    const apply = (state: Steps): Steps => ({ ...state, taken: state.taken - 1 });
    return report.status !== 'not_executed'
      ? []
      : steps.keysOf(request, policy).map((key) => ({ kind: steps, key, when: 'allowed' as const, apply }));
  },
};

/** Found by its id whoever asks; it goes with who began it. */
const threads: Kind<number> = {
  name: 'test_threads',
  empty: 0,
  read: Number,
  write: String,
  keysOf: ({ threadId, subject }) => (threadId === null ? [] : [foundKey(threadId, subject)]),
  expiresAt: () => null,
  notAfter: (state) => state,
};
const counting: Stage = {
  name: 'test-threads',
  question: 'How often was this thread asked for?',
  kinds: [threads],
  check: (request, { policy }) => ({
    effect: 'pass',
    moves: threads
      .keysOf(request, policy)
      .map((key) => ({ kind: threads, key, when: 'always' as const, apply: (asked: number) => asked + 1 })),
  }),
};

let world: World;
let keyId: string;
const open: Shard[] = [];

/** What a process is, as far as deciding goes. */
function process(): Shard {
  const { databaseUrl, decisionMs } = world.config;
  const connect = () => new LedgerConnection(databaseUrl, decisionMs);
  const connection = connect();
  const stages = [counting, limits, ...PIPELINE];
  const { keyring, subjectKeys } = world;
  const batch = new DecisionBatch(
    connection,
    new Snapshots(),
    keyring,
    subjectKeys,
    new AnsweredHeads(),
    new LedgerClock(),
    stages,
  );
  const shard = new Shard(connection, batch, new HeadLocks(connect()), decisionMs);
  open.push(shard);
  return shard;
}

beforeAll(async () => {
  world = await createWorld();
  await world.bind('mia', ['customer']);
  ({ id: keyId } = await world.agentKey(['desk']));
});
afterAll(() => world.close());
beforeEach(() => async () => {
  await Promise.all(open.splice(0).map((shard) => shard.close()));
});

const caller = () => ({ tenantId: world.tenantId, keyId, assistants: ['desk'] });
const request = (runId: string, id = 'mia', q: unknown = 'x') =>
  ({
    subject: { type: 'user', id, properties: {} },
    action: { name: 'tools/call', properties: {} },
    resource: { type: 'tool', id: 'search', properties: { arguments: { q } } },
    arguments: { q },
    assistant: 'desk',
    channel: 'interactive',
    runId,
    threadId: null,
    context: { agent: 'desk', run_id: runId, channel: 'interactive' },
  }) as EvaluationRequest;
const ask = async (shard: Shard, ...requests: EvaluationRequest[]) =>
  (await shard.submit({ kind: 'ask', caller: caller(), requests, semantic: 'execute_all' })) as Evaluated[];
const reasons = (evaluated: readonly Evaluated[]) => evaluated.map(({ decision }) => decision.reason);
const rows = () =>
  world.rows<{ key: string; state: string; ref: string }>(
    `SELECT s.key, s.state, s.subject_ref AS ref FROM decision_state s
     WHERE s.tenant_id = $1 AND s.kind = 'test_steps' ORDER BY key`,
    [world.tenantId],
  );
const takenIn = async (run: string) =>
  (await rows()).flatMap(({ key, state }) =>
    key.startsWith(run) ? [(JSON.parse(state) as number[])[0]] : [],
  );

it('within a batch, from batch to batch and in another process, decided ahead or under the lock', async () => {
  const [here, elsewhere] = [process(), process()];
  const one = request('run-a');
  expect(reasons(await ask(here, one, one))).toEqual(['allowed', 'allowed']);
  expect(reasons(await ask(elsewhere, one))).toEqual(['allowed']);
  expect(reasons(await ask(here, one))).toEqual(['quota_exceeded']);
  expect(reasons(await ask(here, request('run-b'), one))).toEqual(['allowed', 'quota_exceeded']);
  expect(reasons(await ask(here, request('run-b'), request('run-b')))).toEqual(['allowed', 'allowed']);
  expect(reasons(await ask(here, request('run-b')))).toEqual(['quota_exceeded']);
  // What was objected to has moved it, too.
  expect(await takenIn('run-a')).toEqual([5]);
  expect(await verifyChain(world)).toMatchObject({ verdict: 'verified', reachesHead: true });
});

it('of each subject its own, under its pseudonym, and erased with it', async () => {
  const shard = process();
  await world.bind('eve', ['customer']);
  await ask(shard, request('run-c'), request('run-c', 'eve'), request('run-c', 'eve'));
  expect((await takenIn('run-c')).toSorted((a, b) => a! - b!)).toEqual([1, 2]);
  const stored = (await rows()).filter(({ key }) => key.startsWith('run-c'));
  expect(stored.every(({ key, ref }) => key === `run-c/${ref}`)).toBe(true);
  await world.rows(
    `WITH erased AS (DELETE FROM subject_key WHERE tenant_id = $1 AND id = 'eve')
     UPDATE ledger_head SET epoch = epoch + 1 WHERE tenant_id = $1`,
    [world.tenantId],
  );
  expect(await takenIn('run-c')).toEqual([1]);
  expect(reasons(await ask(shard, request('run-c', 'eve')))).toEqual(['allowed']);
});

it('a question that is denied costs a step, and an outcome moves it as a decision does, once', async () => {
  const shard = process();
  const denied = request('run-d', 'mia', 7);
  const [first] = await ask(shard, request('run-d'), denied);
  expect(await takenIn('run-d')).toEqual([2]);
  const account = () =>
    shard.submit({
      kind: 'account',
      caller: caller(),
      report: { evaluation_id: first!.id, status: 'not_executed' },
    }) as Promise<Accounted>;
  expect(await account()).toMatchObject({ ungoverned: false });
  expect(await takenIn('run-d')).toEqual([1]);
  await account();
  expect(await takenIn('run-d')).toEqual([1]);
});

it('that can’t be read: nothing is decided by it, and its neighbours are answered', async () => {
  const shard = process();
  await ask(shard, request('run-e'), request('run-f'));
  await world.rows(
    `WITH damaged AS (UPDATE decision_state SET state = '{' WHERE tenant_id = $1 AND key LIKE 'run-e/%')
     UPDATE ledger_head SET epoch = epoch + 1 WHERE tenant_id = $1`,
    [world.tenantId],
  );
  const answers = await Promise.allSettled([ask(shard, request('run-e')), ask(shard, request('run-f'))]);
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  expect(answers[0]).toMatchObject({ reason: { code: 'unavailable' } });
});

it('found by its name whoever asks, and erased with the subject that it was first written for', async () => {
  const shard = process();
  await world.bind('ida', ['customer']);
  const inThread = (id: string) => ({ ...request('run-g', id), threadId: 'thread-1' });
  await ask(shard, inThread('ida'), inThread('mia'));
  await ask(process(), inThread('mia'));
  const thread = () =>
    world.rows<{ key: string; state: string; id: string }>(
      `SELECT s.key, s.state, k.id FROM decision_state s JOIN subject_key k ON k.ref = s.subject_ref
       WHERE s.tenant_id = $1 AND s.kind = 'test_threads'`,
      [world.tenantId],
    );
  expect(await thread()).toEqual([{ key: 'thread-1', state: '3', id: 'ida' }]);
  await world.rows(
    `WITH erased AS (DELETE FROM subject_key WHERE tenant_id = $1 AND id = 'ida')
     UPDATE ledger_head SET epoch = epoch + 1 WHERE tenant_id = $1`,
    [world.tenantId],
  );
  expect(await thread()).toEqual([]);
});
