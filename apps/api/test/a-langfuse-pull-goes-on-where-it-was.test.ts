/** Where a pull stands is in its row: it goes on there after a wait, after a kill, in another process. */
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { createApp, createWorker } from '../src/boot.js';
import { AgentEntrance } from '../src/entrance/agent-entrance.js';
import { prepareDatabase } from '../src/infra/prepare-database.js';
import { FakeLangfuse, moved, recordedRows, type Reply } from './support/fake-langfuse.js';
import { Clock, connect, round, startWith, WHY } from './support/langfuse.js';
import { spansOf } from './support/telemetry.js';
import type { TestApp } from './support/app.js';

const HOUR = 3_600_000;
let reeve: TestApp;
let other: NestFastifyApplication;
let fake: FakeLangfuse;
let clock: Clock;

beforeAll(async () => {
  // All of them within the first window, and before it is opened.
  const newest = new Date(Date.now() - 0.5 * HOUR);
  fake = await new FakeLangfuse({ v2: moved(recordedRows.v2(), new Map(), newest, 10_000), v1: [] }).start();
  reeve = await startWith(fake);
  other = await createApp(reeve.config, new AgentEntrance());
});
afterAll(async () => {
  await other.close();
  await reeve.close();
  await fake.stop();
});
beforeEach(async () => {
  clock = new Clock();
  fake.requests.length = 0;
  fake.instead = () => undefined;
  fake.mode = 'dual';
  // Those of the tests before are nobody's here.
  const { data } = await reeve.graphql(admin ?? (admin = await reeve.addAdmin()), '{ tenants { slug } }');
  for (const { slug } of data!['tenants'] as { slug: string }[]) {
    const found = await reeve.graphql(admin, `{ langfuseConnections(tenant: "${slug}") { id version } }`);
    for (const { id, version } of found.data!['langfuseConnections'] as { id: string; version: number }[])
      await reeve.graphql(
        admin,
        `mutation { disconnectLangfuse(tenant: "${slug}", id: "${id}", expectedVersion: ${version}, ${WHY}) }`,
      );
  }
});
let admin: Awaited<ReturnType<TestApp['addAdmin']>> | undefined;

/** Once, at the page of this number. */
function atPage(number: number, reply: Reply): void {
  let answered = false;
  fake.instead = ({ path }) => {
    if (answered || !path.endsWith('/observations') || fake.pages().length !== number) return undefined;
    answered = true;
    return reply;
  };
}

it('waits as it is told on page 4 of 10, and has every row in the end', async () => {
  const tenant = await connect(reeve, 'told', fake);
  atPage(4, { status: 429, headers: { 'retry-after': '45' }, body: { message: 'Rate limit exceeded' } });
  await round(reeve.app, clock);
  expect(await tenant.pull()).toMatchObject({ state: 'running', pages: 3, rows: 300, part: 'observations' });
  expect((await tenant.pull())!.resume_at).toEqual(new Date(clock.now().getTime() + 45_000));
  expect(await tenant.connection()).toMatchObject({ watermark: null, state: 'active', error: null });

  const asked = fake.requests.length;
  clock.pass(44);
  await round(reeve.app, clock);
  await round(other, clock);
  expect(fake.requests).toHaveLength(asked);

  clock.pass(1);
  await round(other, clock);
  expect(fake.pages()).toHaveLength(11);
  expect(await tenant.connection()).toMatchObject({ rows: 931, rejected: 0, error: null });
  expect((await tenant.connection())['watermark']).not.toBeNull();
  expect(await spansOf(tenant)).toHaveLength(925);
});

it('moves a window’s mark after its last page only', async () => {
  const tenant = await connect(reeve, 'mark', fake);
  atPage(10, { status: 503, body: {} });
  await round(reeve.app, clock);
  expect(await tenant.pull()).toMatchObject({ pages: 9, rows: 900 });
  expect(await tenant.connection()).toMatchObject({ watermark: null, error: 'the server answers 503' });
  clock.pass(5);
  await round(reeve.app, clock);
  expect(await tenant.pull()).toBeUndefined();
  expect(await tenant.connection()).toMatchObject({ rows: 931, error: null });
});

it('is taken over from a process that died in a page, which writes nothing when it comes back', async () => {
  const tenant = await connect(reeve, 'died', fake);
  let answer: (reply: undefined) => void = () => undefined;
  let hangs = false;
  fake.instead = ({ path }) => {
    if (hangs || !path.endsWith('/observations') || fake.pages().length !== 5) return undefined;
    hangs = true;
    return new Promise((go) => (answer = go));
  };
  const dead = round(reeve.app, clock);
  await vi.waitUntil(() => hangs, { timeout: 20_000 });
  await round(other, clock);
  expect(fake.pages()).toHaveLength(5); // the lease is the first one's

  clock.pass(301);
  await round(other, clock);
  expect(await tenant.connection()).toMatchObject({ rows: 931, error: null });
  expect(
    fake
      .pages()
      .map(({ query }) => query['cursor'])
      .filter((_, i) => i === 4 || i === 5),
  ).toEqual([fake.pages()[4]!.query['cursor'], fake.pages()[4]!.query['cursor']]);
  answer(undefined);
  await dead;
  expect(await tenant.connection()).toMatchObject({ rows: 931, error: null });
  expect(await spansOf(tenant)).toHaveLength(925);
});

it('is worked on by one of two processes at a time', async () => {
  const tenant = await connect(reeve, 'two', fake);
  await Promise.all([round(reeve.app, clock), round(other, clock), round(reeve.app, clock)]);
  await round(other, clock);
  expect(await tenant.connection()).toMatchObject({ rows: 931, error: null });
  expect(fake.pages()).toHaveLength(10);
  expect(await tenant.rows('SELECT FROM langfuse_pull WHERE tenant_id = $1', [tenant.tenantId])).toHaveLength(
    0,
  );
});

it('a backfill is paused, goes on, and is cancelled', async () => {
  const tenant = await connect(reeve, 'backfill', fake);
  await round(reeve.app, clock);
  const id = await tenant.backfill(2);
  const set = (verb: string) =>
    tenant.ask(`${verb}LangfuseBackfill(tenant: "backfill", id: "${id}", ${WHY}) { state share }`);
  fake.instead = async ({ path }) => {
    if (path.endsWith('/observations') && fake.pages().length === 13) await set('pause');
    return undefined;
  };
  await round(reeve.app, clock);
  expect(await tenant.pull()).toMatchObject({ state: 'paused', pages: 3, rows: 300 });
  const [{ share }] = (await tenant.connection())['backfills'] as [{ share: number }];
  expect(share).toBeGreaterThan(0);
  expect(share).toBeLessThan(1);
  await round(other, clock);
  expect(await tenant.pull()).toMatchObject({ state: 'paused', pages: 3 });

  expect(await set('resume')).toMatchObject({ state: 'running' });
  fake.instead = () => undefined;
  await round(other, clock);
  expect(await tenant.pull()).toMatchObject({ state: 'done', rows: 931 });

  const again = await tenant.backfill(2);
  await tenant.ask(`cancelLangfuseBackfill(tenant: "backfill", id: "${again}", ${WHY}) { state }`);
  const asked = fake.requests.length;
  await round(reeve.app, clock);
  expect(fake.requests).toHaveLength(asked);
  await expect(
    tenant.ask(`resumeLangfuseBackfill(tenant: "backfill", id: "${again}", ${WHY}) { state }`),
  ).rejects.toThrow('cancelled');
});

it('a key that is refused stops the connection, which says so, and a new one lets it go on', async () => {
  const tenant = await connect(reeve, 'refused', fake);
  atPage(4, { status: 401, body: { message: 'Invalid credentials.' } });
  await round(reeve.app, clock);
  expect(await tenant.connection()).toMatchObject({
    state: 'stopped',
    error: expect.stringContaining('401') as string,
  });
  const asked = fake.requests.length;
  clock.pass(3_600);
  await round(other, clock);
  expect(fake.requests).toHaveLength(asked);

  const { id, version } = await tenant.connection();
  const keys = 'publicKey: "pk-lf-recorded", secretKey: "sk-lf-very-secret-4711"';
  await tenant.ask(
    `replaceLangfuseKey(tenant: "refused", id: "${String(id)}", expectedVersion: ${String(version)}, ${keys}, ${WHY}) { id }`,
  );
  await round(other, clock);
  expect(await tenant.connection()).toMatchObject({ state: 'active', error: null, rows: 931 });
});

it('a server that becomes one of the other generation is asked by that, from the first page', async () => {
  const tenant = await connect(reeve, 'upgraded', fake);
  fake.mode = 'legacy';
  fake.rows.v1.splice(0, Infinity, ...fake.rows.v2.slice(0, 150));
  let pages = 0;
  fake.instead = ({ path, query }) => {
    if (path === '/api/public/observations' && query['limit'] !== '1' && (pages += 1) === 2)
      fake.mode = 'events_only';
    return undefined;
  };
  await round(reeve.app, clock);
  clock.pass(5);
  await round(reeve.app, clock);
  expect(await tenant.connection()).toMatchObject({ generation: 'v2', error: null });
  expect(await spansOf(tenant)).toHaveLength(925);
});

it('the worker alone does it, by itself', async () => {
  const tenant = await connect(reeve, 'worker', fake);
  await prepareDatabase(reeve.config);
  const worker = await createWorker({ ...reeve.config, worker: true });
  try {
    await vi.waitUntil(async () => (await tenant.connection())['watermark'] !== null, {
      timeout: 40_000,
      interval: 200,
    });
  } finally {
    await worker.close();
  }
  expect(await tenant.connection()).toMatchObject({ rows: 931, error: null });
});
