/** What came of an evaluation is one record, compared with what was authorised; what happened does not change. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../src/infra/database.js';
import { Counting } from '../src/insights/panels/counting.read-model.js';
import { OutcomesReadModel } from '../src/insights/panels/outcomes.read-model.js';
import { ask, post } from './support/agent.js';
import { verifyChain } from './support/chain.js';
import { createWorld, type Api, type World } from './support/world.js';

let world: World;
let api: Api;
let key: string;

beforeAll(async () => {
  world = await createWorld();
  key = (await world.agentKey(['desk'])).secret;
  api = await world.api();
});
afterAll(() => world.close());

interface Accounted {
  readonly outcome_id: string;
  readonly arguments_match: boolean | null;
  readonly ungoverned: boolean;
}
const report = (body: unknown) =>
  post<Accounted & { errors?: { path: string }[] }>(api, '/v1/outcomes', key, body);
const evaluated = async (about = {}) => (await ask(api, key, about)).body.context.evaluation_id;

it('executed arguments are compared with the authorised ones', async () => {
  const same = await report({
    evaluation_id: await evaluated(),
    status: 'succeeded',
    arguments: { q: 'shoes' },
    result: { hits: 3 },
  });
  expect(same).toMatchObject({ status: 201, body: { arguments_match: true, ungoverned: false } });
  const drifted = await report({
    evaluation_id: await evaluated(),
    status: 'succeeded',
    arguments: { q: 'boots' },
  });
  expect(drifted.body.arguments_match).toBe(false);
  const unsaid = await report({
    evaluation_id: await evaluated(),
    status: 'failed',
    error: { type: 'timeout' },
  });
  expect(unsaid.body.arguments_match).toBeNull();
});

it('running what was denied is recorded as ungoverned', async () => {
  const denied = await evaluated({ args: { q: 1 } });
  expect((await report({ evaluation_id: denied, status: 'succeeded' })).body.ungoverned).toBe(true);
  expect(
    (await report({ evaluation_id: await evaluated({ args: { q: 1 } }), status: 'not_executed' })).body
      .ungoverned,
  ).toBe(false);
});

it('what ran without an allow is counted once, and not among what was allowed', async () => {
  const database = new Database(world.config);
  const outcomes = new OutcomesReadModel(new Counting(database));
  const counted = () =>
    outcomes.read({
      actor: { kind: 'management_key', id: 'key', name: 'Key', platformAdmin: false, roles: new Map() },
      tenants: [{ id: world.tenantId, slug: world.slug }],
      from: new Date(Date.now() - 3_600_000),
      to: new Date(Date.now() + 60_000),
      bucketSeconds: 60,
    });
  try {
    const before = await counted();
    const denied = await evaluated({ args: { q: 1 } });
    await report({ evaluation_id: denied, status: 'succeeded' });
    expect(await counted()).toEqual(Object.assign({}, before, { ungoverned: before.ungoverned + 1 }));
    await report({ evaluation_id: await evaluated(), status: 'failed', error: { type: 'timeout' } });
    expect(await counted()).toMatchObject({ reported: before.reported + 1, failed: before.failed + 1 });
  } finally {
    await database.onApplicationShutdown();
  }
});

it('the same report twice is one record, a different one is a conflict, also when they race', async () => {
  const id = await evaluated();
  const bodies = Array.from({ length: 12 }, () => ({
    evaluation_id: id,
    status: 'succeeded',
    result: { n: 1 },
  }));
  const answers = await Promise.all(bodies.map(report));
  expect(new Set(answers.map(({ body }) => body.outcome_id)).size).toBe(1);
  expect((await report({ evaluation_id: id, status: 'failed' })).status).toBe(409);
  const [count] = await world.rows<{ n: number }>(
    `SELECT count(*)::int AS n FROM audit_record WHERE tenant_id = $1 AND evaluation_id = $2`,
    [world.tenantId, id],
  );
  expect(count!.n).toBe(1);
});

it.each([
  ['an evaluation that is not there', { evaluation_id: randomUUID(), status: 'succeeded' }, '/evaluation_id'],
  ['an unknown member', { evaluation_id: randomUUID(), status: 'succeeded', colour: 1 }, '/colour'],
  ['an unknown status', { evaluation_id: randomUUID(), status: 'perhaps' }, '/status'],
  ['an id that is none', { evaluation_id: 'x', status: 'failed' }, '/evaluation_id'],
])('%s is a 422 with the path', async (_, body, path) => {
  const answer = await report(body);
  expect(answer.status).toBe(422);
  expect(answer.body.errors!.map((e) => e.path)).toContain(path);
});

it('only the key that asked, or another of its assistant, accounts for it; who else tries is recorded', async () => {
  const evaluation_id = await evaluated();
  const body = { evaluation_id, status: 'succeeded', arguments: { q: 'shoes' } };
  const [helper, any, both] = [
    await world.agentKey(['helper']),
    await world.agentKey(),
    await world.agentKey(['helper', 'desk']),
  ];
  for (const { secret, id } of [helper, any]) {
    const answer = await post<{ errors: { path: string }[] }>(api, '/v1/outcomes', secret, body);
    expect([answer.status, answer.body.errors[0]!.path]).toEqual([403, '/evaluation_id']);
    const records = await world.rows(
      `SELECT kind, action, reason, target, evaluation_id, payload::json->'evaluation'->>'id' AS about FROM audit_record
       WHERE tenant_id = $1 AND actor_id = $2`,
      [world.tenantId, id],
    );
    expect(records).toEqual([
      {
        kind: 'outcome',
        action: 'refused',
        reason: 'not_its_caller',
        target: 'search',
        evaluation_id: null,
        about: evaluation_id,
      },
    ]);
  }
  const answer = await post<Accounted>(api, '/v1/outcomes', both.secret, body);
  expect(answer).toMatchObject({ status: 201, body: { arguments_match: true } });

  // What a key for any assistant asked, it reports itself.
  const asked = (await ask(api, any.secret)).body.context.evaluation_id;
  const own = await post(api, '/v1/outcomes', any.secret, { evaluation_id: asked, status: 'failed' });
  expect(own.status).toBe(201);
});

it('another tenant can’t account for it', async () => {
  const other = await createWorld();
  try {
    const { secret } = await other.agentKey();
    const otherApi = await other.api();
    const answer = await post(otherApi, '/v1/outcomes', secret, {
      evaluation_id: await evaluated(),
      status: 'succeeded',
    });
    expect(answer.status).toBe(422);
  } finally {
    await other.close();
  }
});

describe('what ran without an evaluation', () => {
  const told = (about: object = {}) => ({
    report_id: randomUUID(),
    cause: 'not_asked',
    status: 'succeeded',
    subject: { type: 'user', id: 'mia' },
    tool: 'search',
    agent: 'desk',
    run_id: 'run-7',
    arguments: { q: 'shoes' },
    ...about,
  });
  const tell = (body: unknown, bearer = key) =>
    post<Accounted & { errors?: { path: string }[] }>(api, '/v1/outcomes/ungoverned', bearer, body);
  const recorded = (id: string) =>
    world.rows<{ kind: string; reason: string; action: string; target: string; payload: string }>(
      `SELECT kind, reason, action, target, payload FROM audit_record WHERE tenant_id = $1 AND id = $2`,
      [world.tenantId, id],
    );

  it('stands in the ledger as an ungoverned call, with whom and what', async () => {
    const { status, body } = await tell(told());
    expect([status, body]).toEqual([
      201,
      { outcome_id: expect.any(String) as string, arguments_match: null, ungoverned: true },
    ]);
    const [record, another] = await recorded(body.outcome_id);
    expect(another).toBeUndefined();
    expect(record).toMatchObject({
      kind: 'outcome',
      reason: 'ungoverned_call',
      action: 'succeeded',
      target: 'search',
    });
    expect(JSON.parse(record!.payload)).toMatchObject({
      actor: { assistant: 'desk' },
      evaluation: null,
      executed: { ungoverned: true, cause: 'not_asked' },
    });
  });

  it('names nobody: neither the person, nor a tool that the policy does not know', async () => {
    const { body } = await tell(
      told({ subject: { type: 'user', id: 'jane.doe@canary' }, tool: 'canary_tool' }),
    );
    const [record] = await recorded(body.outcome_id);
    expect(JSON.stringify(record)).not.toContain('canary');
  });

  it('is one record however often it is told, also when they race; another story under its id is a conflict', async () => {
    const report = told();
    const answers = await Promise.all(Array.from({ length: 12 }, () => tell(report)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    const ids = new Set(answers.map(({ body }) => body.outcome_id));
    expect(ids.size).toBe(1);
    expect(await recorded([...ids][0]!)).toHaveLength(1);
    expect((await tell(report)).body.outcome_id).toBe([...ids][0]);
    const other = await tell({ ...report, status: 'failed' });
    expect([other.status, other.body.errors![0]!.path]).toEqual([409, '/report_id']);
  });

  it('is another record of another key, whose id it may be too', async () => {
    const report = told();
    const second = (await world.agentKey(['desk'])).secret;
    const [one, two] = [await tell(report), await tell(report, second)];
    expect(two.status).toBe(201);
    expect(two.body.outcome_id).not.toBe(one.body.outcome_id);
  });

  it.each([
    ['an assistant the key does not speak for', { agent: 'helper' }, 403, '/agent'],
    ['no id', { report_id: undefined }, 422, '/report_id'],
    ['an id that is none', { report_id: 'x' }, 422, '/report_id'],
    ['a status that nothing that ran has', { status: 'not_executed' }, 422, '/status'],
    ['an evaluation after all', { evaluation_id: randomUUID() }, 422, '/evaluation_id'],
    ['a cause nobody knows', { cause: 'forgot' }, 422, '/cause'],
    ['a subject without a type', { subject: { id: 'mia' } }, 422, '/subject/type'],
    ['NUL', { tool: 'a\0b' }, 400, '/tool'],
  ])('%s is refused with the path', async (_, about, status, path) => {
    const answer = await tell(told(about));
    expect(answer.body.errors!.map((e) => e.path)).toContain(path);
    expect(answer.status).toBe(status);
  });

  it('needs a key', async () => {
    expect((await tell(told(), 'rvk_agent_nobody')).status).toBe(401);
  });
});

it('and the chain over all of it verifies', async () => {
  expect(await verifyChain(world)).toMatchObject({ verdict: 'verified', reachesHead: true });
});
