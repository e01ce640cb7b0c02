/** Slow, dead and lying servers are told by their names, cost nobody else anything, and are never believed. */
import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { LangfuseApi, type Window } from '../src/langfuse/langfuse-api.js';
import { readAddress } from '../src/langfuse/langfuse-address.js';
import type { LangfuseError } from '../src/langfuse/langfuse-error.js';
import {
  FakeLangfuse,
  KEYS,
  moved,
  recordedRows,
  type FakeRequest,
  type Reply,
} from './support/fake-langfuse.js';
import { Clock, connect, round, startWith, WHY } from './support/langfuse.js';
import { spansOf } from './support/telemetry.js';
import type { TestApp } from './support/app.js';

let fake: FakeLangfuse;
let reeve: TestApp;
let clock: Clock;
const v2 = moved(recordedRows.v2(), new Map(), new Date(Date.now() - 1_800_000), 10_000);

beforeAll(async () => {
  fake = await new FakeLangfuse({ v2, v1: [] }).start();
  reeve = await startWith(fake);
});
afterAll(async () => {
  await reeve.close();
  await fake.stop();
});
beforeEach(() => {
  clock = new Clock();
  fake.mode = 'dual';
  fake.instead = () => undefined;
  fake.requests.length = 0;
});

const window: Window = { from: new Date(Date.now() - 86_400_000), to: new Date() };
const api = () =>
  new LangfuseApi(readAddress(fake.url, [fake.host]), KEYS, { deadlineMs: 500, bytesMax: 200_000 });

/** The trouble with what it is asked. */
const trouble = (ask: () => Promise<unknown>): Promise<string> =>
  ask().then(
    () => 'none',
    (error: LangfuseError) => error.trouble,
  );
const raw = (write: (response: ServerResponse) => void) => () => write;
const json =
  (status: number, body: unknown, headers = {}) =>
  (): Reply => ({ status, body, headers });

describe('one answer', () => {
  const page = () => trouble(() => api().observations('v2', window, null));

  it.each([
    ['no JSON', raw((r) => r.writeHead(200).end('<html>')), 'not_json'],
    ['nothing', raw((r) => r.writeHead(200).end()), 'not_json'],
    ['no object', json(200, [1]), 'not_langfuse'],
    ['no list', json(200, { data: {} }), 'not_langfuse'],
    ['a list of no objects', json(200, { data: [1, null] }), 'not_langfuse'],
    ['a cursor that is none', json(200, { data: [], meta: { cursor: 7 } }), 'not_langfuse'],
    ['an endless cursor', json(200, { data: [], meta: { cursor: 'x'.repeat(3_000) } }), 'not_langfuse'],
    ['another address', json(302, {}, { location: 'http://169.254.169.254/' }), 'redirected'],
    ['500', json(500, {}), 'server_error'],
    ['429', json(429, {}), 'rate_limited'],
    ['401', json(401, {}), 'unauthenticated'],
    ['403', json(403, {}), 'unauthenticated'],
    ['404', json(404, {}), 'not_found'],
    ['400', json(400, {}), 'bad_request'],
    ['silence', raw(() => undefined), 'too_slow'],
    ['a head and silence', raw((r) => void r.writeHead(200).write('{')), 'too_slow'],
    ['a hang-up', raw((r) => r.destroy()), 'unreachable'],
    [
      'half a body',
      raw((r) => void (r.writeHead(200, { 'content-length': '99' }).write('{'), r.destroy())),
      'unreachable',
    ],
  ])('%s', async (_, instead, expected) => {
    fake.instead = instead;
    expect(await page()).toBe(expected);
  });

  it('a body without an end is left at the cap', async () => {
    let written = 0;
    fake.instead = () => (response) => {
      response.writeHead(200);
      const chunk = Buffer.alloc(64 * 1024, ' ');
      const pour = () => {
        if (response.destroyed) return;
        written += chunk.length;
        if (response.write(chunk)) setImmediate(pour);
        else response.once('drain', pour);
      };
      pour();
    };
    expect(await page()).toBe('too_large');
    expect(written).toBeLessThan(50_000_000);
  });

  it('drops of bytes for ever are left at the deadline', async () => {
    fake.instead = () => (response) => {
      response.writeHead(200);
      const drop = setInterval(() => response.write(' '), 20);
      response.once('close', () => clearInterval(drop));
    };
    expect(await page()).toBe('too_slow');
  });

  it('nobody is there', async () => {
    const gone = await new FakeLangfuse({ v2: [], v1: [] }).start();
    const address = readAddress(gone.url, [gone.host]);
    await gone.stop();
    expect(await trouble(() => new LangfuseApi(address, KEYS).generation())).toBe('unreachable');
  });

  it('a wait is whole seconds or a date, and not believed beyond an hour', async () => {
    const wait = async (header: string) => {
      fake.instead = json(429, {}, { 'retry-after': header });
      const error = await api()
        .observations('v2', window, null)
        .catch((thrown: LangfuseError) => thrown);
      return (error as LangfuseError).retryAfterSeconds;
    };
    expect(await wait('45')).toBe(45);
    expect(await wait('999999999999')).toBe(3_600);
    expect(await wait('-5')).not.toBe(-5);
    expect(await wait(new Date(Date.now() + 30_000).toUTCString())).toBeGreaterThan(25);
    expect(await wait('soon')).toBeNull();
  });

  it('a server that is no Langfuse has no generation', async () => {
    fake.instead = json(404, {});
    expect(await trouble(() => api().generation())).toBe('not_langfuse');
  });
});

describe('pages', () => {
  const ofPages = ({ path, query }: FakeRequest) =>
    path === '/api/public/v2/observations' && query['limit'] !== '1';
  const rowsOf = (from: number, to: number) => v2.slice(from, to);

  it.each<[string, (request: FakeRequest, page: number) => Reply | undefined, string]>([
    [
      'a cursor that repeats',
      () => ({ status: 200, body: { data: rowsOf(0, 100), meta: { cursor: 'MTAw' } } }),
      'come again',
    ],
    [
      'two cursors that lead to each other',
      (_, page) => ({
        status: 200,
        body: {
          data: page % 2 === 1 ? rowsOf(0, 100) : rowsOf(100, 200),
          meta: { cursor: page % 2 === 1 ? 'a' : 'b' },
        },
      }),
      'come again',
    ],
    [
      'times that nobody asked for',
      () => ({
        status: 200,
        body: {
          data: rowsOf(0, 9).map((row) => ({ ...row, startTime: '2020-01-01T00:00:00Z' })),
          meta: { cursor: 'x' },
        },
      }),
      'other times',
    ],
  ])('%s', async (name, answer, message) => {
    const tenant = await connect(reeve, name.replaceAll(' ', '-').slice(0, 30), fake);
    let page = 0;
    fake.instead = (request) => (ofPages(request) ? answer(request, (page += 1)) : undefined);
    await round(reeve.app, clock);
    expect(page).toBeLessThan(5);
    expect(await tenant.connection()).toMatchObject({
      state: 'active',
      watermark: null,
      error: expect.stringContaining(message) as string,
    });
    // Not asked again at once; and what is honest is taken in the end.
    await round(reeve.app, clock);
    expect(page).toBeLessThan(5);
    fake.instead = () => undefined;
    clock.pass(301);
    await round(reeve.app, clock);
    expect(await tenant.connection()).toMatchObject({ error: null });
    expect(await spansOf(tenant)).toHaveLength(925);
    await disconnect(tenant.slug);
  });

  it('rows outside of the window are left out, and said', async () => {
    const tenant = await connect(reeve, 'outside', fake);
    fake.instead = (request) =>
      ofPages(request)
        ? {
            status: 200,
            body: { data: [...rowsOf(0, 5), { ...v2[5], startTime: '2020-01-01T00:00:00.000Z' }], meta: {} },
          }
        : undefined;
    await round(reeve.app, clock);
    expect(await tenant.connection()).toMatchObject({ error: null, rows: 6, rejected: 1 });
    expect(await spansOf(tenant)).toHaveLength(5);
    expect(
      await tenant.rows(
        `SELECT reason, count::int FROM telemetry_rejection WHERE tenant_id = $1 AND receiver = 'langfuse'`,
        [tenant.tenantId],
      ),
    ).toEqual([{ reason: 'outside_window', count: 1 }]);
    await disconnect('outside');
  });

  it('rows that are no observations cost their neighbours nothing', async () => {
    const tenant = await connect(reeve, 'poisoned', fake);
    const { startTime } = v2[0]!;
    const poison = [
      {},
      { startTime },
      { ...v2[0], id: 7 },
      { ...v2[0], traceId: null },
      { ...v2[0], startTime: 'soon' },
      { ...v2[0], id: '\0', name: '\ud800', metadata: { '\0': '\udfff' } },
      { ...v2[0], id: 'huge', usageDetails: { input: 1e300, output: -5 } },
      { ...v2[0], id: 'proto', metadata: JSON.parse('{"__proto__": {"x": 1}, "constructor": 1}') as unknown },
    ];
    fake.instead = (request) =>
      ofPages(request) ? { status: 200, body: { data: [...poison, ...rowsOf(0, 50)], meta: {} } } : undefined;
    await round(reeve.app, clock);
    const { error, rejected } = (await tenant.connection()) as { error: string | null; rejected: number };
    expect(error).toBeNull();
    expect(rejected).toBe(4);
    expect((await spansOf(tenant)).length).toBeGreaterThanOrEqual(50);
    await disconnect('poisoned');
  });

  it('an older server that says it has more for ever, or gives fewer than it says', async () => {
    const tenant = await connect(reeve, 'older', fake);
    fake.mode = 'legacy';
    const page = (data: unknown[], totalPages: number, totalItems: number) => ({
      status: 200,
      body: { data, meta: { page: 1, limit: 100, totalItems, totalPages } },
    });
    let asked = 0;
    fake.instead = ({ path, query }) => {
      if (path !== '/api/public/observations' || query['limit'] === '1') return undefined;
      asked += 1;
      return page(rowsOf(0, 100), 1_000_000, 100_000_000);
    };
    await round(reeve.app, clock);
    expect(asked).toBeLessThan(4);
    expect(await tenant.connection()).toMatchObject({
      error: expect.stringContaining('come again') as string,
    });

    fake.instead = ({ path, query }) =>
      path === '/api/public/observations' && query['limit'] !== '1'
        ? page(query['page'] === '1' ? rowsOf(0, 100) : rowsOf(100, 140), 2, 200)
        : undefined;
    clock.pass(301);
    await round(reeve.app, clock);
    expect(await tenant.connection()).toMatchObject({
      watermark: null,
      error: 'the server says 200 rows and gives 140',
    });
    await disconnect('older');
  });

  it('a silent server is one tenant’s: another one’s is pulled while it says nothing', async () => {
    const silent = await new FakeLangfuse({ v2: [], v1: [] }).start();
    const held: ServerResponse[] = [];
    silent.instead = () => (response) => void held.push(response);
    await reeve.close();
    reeve = await startWith({ host: `${fake.host},${silent.host}` });
    const [ill, well] = [await connect(reeve, 'ill', silent), await connect(reeve, 'well', fake)];
    const done = round(reeve.app, clock);
    await vi.waitUntil(async () => (await well.connection())['watermark'] !== null, { timeout: 20_000 });
    expect(await well.connection()).toMatchObject({ error: null, rows: 931 });
    expect(held).toHaveLength(1);
    for (const response of held) response.writeHead(500).end();
    await done;
    expect(await ill.connection()).toMatchObject({ error: 'the server answers 500', watermark: null });
    await silent.stop();
  });
});

async function disconnect(slug: string): Promise<void> {
  const admin = await reeve.signIn('admin@reeve.test').catch(() => reeve.addAdmin());
  const { data } = await reeve.graphql(admin, `{ langfuseConnections(tenant: "${slug}") { id version } }`);
  const [{ id, version }] = data!['langfuseConnections'] as [{ id: string; version: number }];
  await reeve.graphql(
    admin,
    `mutation { disconnectLangfuse(tenant: "${slug}", id: "${id}", expectedVersion: ${version}, ${WHY}) }`,
  );
}
