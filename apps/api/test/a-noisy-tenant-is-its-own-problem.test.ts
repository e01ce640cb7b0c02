/**
 * Tenants share a process and its connection, and no more: what one has too much of is refused to that one, a head that
 * somebody holds is waited for by its own tenant only, and every other one is answered in turn.
 */
import { EVALUATIONS_MAX, type EvaluationRequest } from '@reeve/policy';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { DecisionLoop } from '../src/evaluations/decision-loop.js';
import { ROOM, SIZES } from '../src/evaluations/shard.js';
import { METRICS } from '../src/infra/metric-table.js';
import { AnsweredHeads } from '../src/ledger/answered-heads.js';
import { createWorld, type World } from './support/world.js';

interface Tenant {
  readonly tenantId: string;
  readonly keyId: string;
}

/** Long enough for the slowest machine to do what has to be done meanwhile; one test waits for it. */
const DECISION_MS = 5_000;

let world: World;
let loop: DecisionLoop;
let noisy: Tenant;
let quiet: Tenant;
let holder: pg.Client | undefined;

beforeAll(async () => {
  world = await createWorld();
  const config = { ...world.config, decisionMs: DECISION_MS };
  loop = new DecisionLoop(config, world.keyring, world.subjectKeys, new AnsweredHeads());
  noisy = { tenantId: world.tenantId, keyId: (await world.agentKey()).id };
  quiet = await world.neighbour();
});
afterEach(() => letGo());
afterAll(async () => {
  await loop.onApplicationShutdown();
  await world.close();
});

const request: EvaluationRequest = {
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

const ask = ({ tenantId, keyId }: Tenant, questions = 1, bytes = 0) =>
  loop.submit({
    kind: 'ask',
    caller: { tenantId, keyId, assistants: [] },
    requests: Array.from({ length: questions }, () => request),
    semantic: 'execute_all',
    bytes,
  });

/** Somebody holds the head of a tenant, as a hung transaction would. */
async function hold({ tenantId }: Tenant): Promise<void> {
  holder = new pg.Client(world.config.databaseUrl);
  await holder.connect();
  await holder.query('BEGIN');
  await holder.query(`SELECT set_config('app.tenant_ids', $1, true)`, [tenantId]);
  const { rowCount } = await holder.query('SELECT FROM ledger_head WHERE tenant_id = $1 FOR UPDATE', [
    tenantId,
  ]);
  expect(rowCount).toBe(1);
}
async function letGo(): Promise<void> {
  await holder?.end();
  holder = undefined;
}

/** Whether it has been settled by now. */
function watched(promise: Promise<unknown>): { promise: Promise<unknown>; settled: boolean } {
  const seen = { promise, settled: false };
  const settle = () => {
    seen.settled = true;
  };
  promise.then(settle, settle);
  return seen;
}

it('a head that is held is waited for by its own tenant, and by nobody who shared a batch with it', async () => {
  await Promise.all([ask(noisy), ask(quiet)]);
  await hold(noisy);
  const waits = [1, 2, 3].map(() => watched(ask(noisy)));
  for (let i = 0; i < 20; i += 1) await Promise.all([ask(quiet), ask(quiet)]);
  const later = watched(ask(noisy));
  for (let i = 0; i < 20; i += 1) await ask(quiet);
  expect([...waits, later].filter(({ settled }) => settled)).toEqual([]);
  await letGo();
  await Promise.all([...waits, later].map(({ promise }) => promise));
  // It is served as ever.
  await Promise.all([ask(noisy), ask(quiet)]);
});

it('who waits for a head is counted by class, and how long they waited is, too', async () => {
  const waits = async () => (await loop.tally.headWait.get()).values;
  const counted = async () => {
    const count = (await waits()).find(({ metricName }) => metricName === METRICS.headWait.name + '_count');
    return count!.value;
  };
  const [before, refused] = [await counted(), loop.tally.refusals.share];
  await hold(noisy);
  const waiting = [ask(noisy), ask(noisy, SIZES.batch)];
  const held = () => new Map(loop.waiting()).get('held');
  await expect.poll(held, { timeout: 3_000 }).toEqual({ tenants: 1, items: 1 + SIZES.batch / SIZES.turn });
  expect(loop.undecided).toBe(1 + SIZES.batch);
  const most = Array.from({ length: ROOM.share / SIZES.batch - 2 }, () => ask(noisy, SIZES.batch));
  await expect(ask(noisy, SIZES.batch)).rejects.toMatchObject({ code: 'rate_limited' });
  expect(loop.tally.refusals.share - refused).toBe(1);
  await letGo();
  await Promise.all([...waiting, ...most]);
  expect((await counted()) - before).toBe(1);
  expect(held()).toEqual({ tenants: 0, items: 0 });
  expect(loop.undecided).toBe(0);
});

it('questions of one request keep their order, whoever comes between them', async () => {
  await ask(noisy);
  let held = 0;
  for (let round = 0; round < 5; round += 1) {
    const asked = [ask(noisy, EVALUATIONS_MAX), ask(noisy), ask(quiet, EVALUATIONS_MAX)];
    await hold(noisy);
    await expect.poll(() => loop.undecided).toBeLessThanOrEqual(EVALUATIONS_MAX + 1);
    held += new Map(loop.waiting()).get('held')!.items > 0 ? 1 : 0;
    await letGo();
    const answers = (await Promise.all(asked)).flat();
    const [first] = answers;
    const owner = new pg.Client(world.config.databaseUrl);
    await owner.connect();
    await owner.query(`SELECT set_config('app.tenant_ids', $1, false)`, [noisy.tenantId]);
    const { rows } = await owner.query<{ id: string }>(
      `SELECT id FROM audit_record WHERE tenant_id = $1 AND seq >= (SELECT seq FROM audit_record WHERE id = $2) ORDER BY seq`,
      [noisy.tenantId, first!.id],
    );
    await owner.end();
    expect(rows.map(({ id }) => id)).toEqual(answers.slice(0, EVALUATIONS_MAX + 1).map(({ id }) => id));
  }
  expect(held).toBeGreaterThan(0);
});

it('one that stays held is that tenant’s 503, and then it is served again', async () => {
  await hold(noisy);
  const refused = await Promise.allSettled([ask(noisy), ask(quiet), ask(noisy)]);
  expect(refused).toMatchObject([
    { status: 'rejected', reason: { code: 'unavailable' } },
    { status: 'fulfilled' },
    { status: 'rejected', reason: { code: 'unavailable' } },
  ]);
  await letGo();
  await ask(noisy);
});

it('one whose head is held before anything is known of it, too', async () => {
  const fresh = await world.neighbour();
  await hold(fresh);
  const waits = watched(ask(fresh));
  for (let i = 0; i < 10; i += 1) await ask(quiet);
  expect(waits.settled).toBe(false);
  await letGo();
  await waits.promise;
});

it('who has used up their share of the room is told to wait, and nobody else', async () => {
  await hold(noisy);
  const fits = ROOM.share / SIZES.batch;
  const waiting = Array.from({ length: fits }, () => ask(noisy, SIZES.batch));
  await expect(ask(noisy)).rejects.toMatchObject({
    code: 'rate_limited',
    details: { retryAfterSeconds: 1 },
  });
  await ask(quiet);
  await letGo();
  await Promise.all(waiting);
  await ask(noisy);
});

it('a question counts by its bytes, too', async () => {
  await hold(noisy);
  const megabyte = 1 << 20;
  const fits = (ROOM.share * 4_096) / megabyte;
  const waiting = Array.from({ length: fits }, () => ask(noisy, 1, megabyte));
  await expect(ask(noisy, 1, megabyte)).rejects.toMatchObject({ code: 'rate_limited' });
  await letGo();
  await Promise.all(waiting);
});

it('what all have waiting is bounded as well, and that is nobody’s own doing', async () => {
  const tenants = await Promise.all(Array.from({ length: ROOM.total / ROOM.share }, () => world.neighbour()));
  const megabytes = (ROOM.share * 4_096) >> 20;
  const waiting = tenants.flatMap((tenant) =>
    Array.from({ length: megabytes }, () => ask(tenant, 1, 1 << 20)),
  );
  await expect(ask(quiet)).rejects.toMatchObject({
    code: 'unavailable',
    details: { retryAfterSeconds: 1 },
  });
  await Promise.all(waiting);
  await ask(quiet);
});

it('one question of another is answered before the second of many large batches', async () => {
  await Promise.all([ask(noisy), ask(quiet)]);
  let answered = 0;
  const batches = Array.from({ length: 12 }, () => ask(noisy, SIZES.batch).then(() => (answered += 1)));
  for (let i = 0; i < 3; i += 1) {
    const before = answered;
    await ask(quiet);
    // The one that was pending, and the one whose turn it may have been.
    expect(answered - before).toBeLessThanOrEqual(2);
  }
  expect(answered).toBeLessThan(batches.length);
  await Promise.all(batches);
});
