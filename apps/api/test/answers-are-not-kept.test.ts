/**
 * No cache keeps an answer and no browser guesses what it is: every route, allowed or refused, says `no-store` and
 * `nosniff`; the console's files say how long they may be kept. In production no error tells the schema, and a websocket
 * that never says who it is ends.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { agentControllers } from '../src/entrance/agent-controllers.js';
import { routesOf } from '../src/entrance/agent-route.js';
import { openApiDocument } from '../src/openapi.js';
import { EDITS, startApp, type Credential, type TestApp } from './support/app.js';
import { listening } from './support/subscribe.js';

let reeve: TestApp;
let owner: Credential;
let agent: Credential;
const dist = mkdtempSync(join(tmpdir(), 'reeve-console-'));
const script = `export const text = '${'a'.repeat(4_000)}';`;

beforeAll(async () => {
  mkdirSync(join(dist, 'assets'));
  for (const [file, text] of [
    ['index.html', '<!doctype html><title>Reeve</title>'],
    ['assets/index-abc123.js', script],
  ] as const) {
    writeFileSync(join(dist, file), text);
    writeFileSync(join(dist, `${file}.br`), brotliCompressSync(text));
    writeFileSync(join(dist, `${file}.gz`), gzipSync(text));
  }
  reeve = await startApp({
    REEVE_CONSOLE_DIR: dist,
    REEVE_ENV: 'production',
    REEVE_PUBLIC_URL: 'https://reeve.example',
  });
  const tenant = await reeve.addTenant('alpha');
  await reeve.publish(tenant, EDITS);
  owner = await reeve.addMember(tenant, 'owner@alpha.test', ['owner']);
  agent = await reeve.agentKey(tenant);
});
afterAll(async () => {
  await reeve.close();
  rmSync(dist, { recursive: true });
});

const unkept = async (options: InjectOptions) => {
  const { headers, statusCode } = await reeve.inject(options);
  const said = `${String(options.method)} ${JSON.stringify(options.url)} ${statusCode}`;
  expect(headers, said).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  return statusCode;
};

it('every REST route, with and without a credential', async () => {
  const { paths } = openApiDocument(reeve.app);
  const routes = Object.entries(paths).flatMap(([url, item]) =>
    Object.keys(item).map((method) => ({ url, method: method.toUpperCase() as 'GET' })),
  );
  expect(routes.length).toBeGreaterThanOrEqual(15);
  const statuses = new Set<number>();
  for (const { url, method } of routes)
    for (const headers of [{}, { cookie: owner.cookie! }, { authorization: `Bearer ${agent.bearer}` }])
      for (const query of ['', '?tenant=alpha&reason=because+a+test+says+so']) {
        const body = method === 'GET' ? {} : { payload: {} };
        statuses.add(await unkept({ method, url: url + query, headers, ...body }));
      }
  // It has seen success and each kind of refusal.
  for (const status of [200, 401, 422]) expect(statuses).toContain(status);
  expect(routesOf(agentControllers(reeve.app)).map(({ path }) => path)).toEqual(
    expect.arrayContaining(routes.filter(({ url }) => url.startsWith('/access/')).map(({ url }) => url)),
  );
});

it('an answer to an agent, GraphQL, and what no route is', async () => {
  const payload = {
    subject: { type: 'user', id: 'mia' },
    action: { name: 'tools/call' },
    resource: { type: 'tool', id: 'search', properties: { arguments: {} } },
    context: { agent: 'desk' },
  };
  const authorization = `Bearer ${agent.bearer}`;
  const evaluation = {
    method: 'POST',
    url: '/access/v1/evaluation',
    headers: { authorization },
    payload,
  } as const;
  expect(await unkept(evaluation)).toBe(200);
  for (const query of ['{ tenants { slug } }', '{ nothing }', '{'])
    await unkept({
      method: 'POST',
      url: '/graphql',
      headers: { cookie: owner.cookie!, origin: 'https://reeve.example' },
      payload: { query },
    });
  for (const url of ['/v1/none', '/access/v1/none', '/openapi.json', '/%c0', '/assets/gone-1.js'])
    await unkept({ method: 'GET', url });
  await unkept({
    method: 'POST',
    url: '/auth/sign-in',
    headers: { 'content-type': 'text/plain' },
    payload: 'x',
  });
  await unkept({
    method: 'POST',
    url: '/auth/sign-in',
    headers: { 'content-type': 'application/json' },
    payload: '{',
  });
  await unkept({
    method: 'POST',
    url: '/auth/sign-out',
    headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
  });
});

describe('the console’s files', () => {
  const get = (url: string, encoding: string) =>
    reeve.inject({ method: 'GET', url, headers: { accept: 'text/html', 'accept-encoding': encoding } });

  it.each([
    ['br', 'gzip, deflate, br', brotliCompressSync(script)],
    ['gzip', 'gzip', gzipSync(script)],
    [undefined, 'identity', Buffer.from(script)],
  ])('come as %s to who takes it, and are kept for ever', async (encoding, accepted, bytes) => {
    const { headers, rawPayload } = await get('/assets/index-abc123.js', accepted);
    expect(headers['content-encoding']).toBe(encoding);
    expect(rawPayload.equals(bytes)).toBe(true);
    expect(headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': expect.stringMatching(/javascript/) as string,
      'x-content-type-options': 'nosniff',
    });
    expect(headers['vary']).toMatch(/accept-encoding/i);
  });

  it('the page is asked for each time, compressed too', async () => {
    const { headers } = await get('/alpha/audit', 'br');
    expect(headers).toMatchObject({ 'cache-control': 'no-cache', 'content-encoding': 'br' });
    expect(headers['content-type']).toMatch(/^text\/html/);
  });
});

it.each([
  '{ tenant { slug } }',
  '{ tenants { slugg } }',
  '{ overview(tenat: "alpha") { from } }',
  'query ($f: EvaluationFilte) { tenants { slug } }',
  'mutation { engageKillSwitch(tenant: "alpha", scope: tenan, mode: stopped, reason: "because a test says") { id } }',
])('production has no hint for %s', async (query) => {
  const answer = await reeve.graphql(owner, query);
  expect(answer.errors.length).toBeGreaterThan(0);
  expect(JSON.stringify(answer.errors)).not.toMatch(/did you mean/i);
});

describe('a websocket', () => {
  // The walk over the routes has signed the other one out.
  let session: Credential;
  beforeAll(async () => {
    session = await reeve.signIn('owner@alpha.test');
  });
  const open = async (say: (socket: WebSocket) => void) => {
    const socket = new WebSocket(`ws://${await listening(reeve)}/graphql`, 'graphql-transport-ws', {
      headers: { cookie: session.cookie! },
    });
    socket.on('error', () => undefined);
    await new Promise((done) => socket.once('open', done));
    say(socket);
    return socket;
  };

  it.each([
    ['nothing', () => undefined],
    ['something else', (socket: WebSocket) => socket.send('{"type":"ping"}')],
    ['no JSON', (socket: WebSocket) => socket.send('connection_init')],
  ])('that says %s is closed', async (_, say) => {
    const socket = await open(say);
    expect(await new Promise((done) => socket.once('close', done))).toBe(4408);
  });

  it('that says who it is stays', async () => {
    const quiet = await open(() => undefined);
    const socket = await open((each) => each.send('{"type":"connection_init"}'));
    // The other one was opened before it, and is closed.
    await new Promise((done) => quiet.once('close', done));
    await new Promise((done) => setImmediate(done));
    expect(socket.readyState).toBe(WebSocket.OPEN);
    socket.close();
  });
});
