/** Bad input on every REST route is a problem+json with the path; nothing that goes out names a file, a stack or SQL. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from './support/app.js';

let reeve: TestApp;
beforeAll(async () => void (reeve = await startApp()));
afterAll(() => reeve.close());

type Answer = Awaited<ReturnType<TestApp['inject']>>;
/** The body, once its shape is known to be right. */
function problem(answer: Answer) {
  const status = answer.statusCode;
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  const body = answer.json<{
    status: number;
    request_id: string;
    errors: { path: string; message: string }[];
  }>();
  expect(body).toMatchObject({
    type: expect.any(String),
    title: expect.any(String),
    status,
    detail: expect.any(String),
    errors: expect.any(Array),
  });
  expect(answer.headers['x-request-id']).toBe(body.request_id);
  expect(answer.body).not.toMatch(/node_modules|\bat \S+ \(|SELECT|prisma|FST_|Prisma/i);
  return body;
}
const post = (url: string, payload: string | object, headers: Record<string, string> = {}) =>
  reeve.inject({
    method: 'POST',
    url,
    payload,
    headers: { 'content-type': 'application/json', ...headers },
  });

const OWN = [
  '/auth/sign-in',
  '/auth/set-up',
  '/auth/link',
  '/auth/link/new-account',
  '/auth/link/existing-account',
  '/auth/totp',
];

describe.each(OWN)('%s', (url) => {
  it('answers 422 with each path that is wrong', async () => {
    const body = problem(await post(url, { bogus: 1 }));
    expect(body.status).toBe(422);
    expect(body.errors).toContainEqual({ path: '/bogus', message: 'unknown member' });
    expect(problem(await post(url, '[]')).status).toBe(422);
    expect(problem(await post(url, '"text"')).status).toBe(422);
  });

  it('answers 422 for what is not JSON, 413 over 1 MB, 415 for another media type', async () => {
    expect(problem(await post(url, '{"email":')).status).toBe(422);
    expect(problem(await post(url, '')).status).toBe(422);
    expect(problem(await post(url, `{"x":"${'x'.repeat(1_048_576)}"}`)).status).toBe(413);
    expect(
      problem(await post(url, 'x=1', { 'content-type': 'application/x-www-form-urlencoded' })).status,
    ).toBe(415);
    expect(problem(await post(url, '{}', { 'content-type': 'text/plain' })).status).toBe(415);
  });

  it('does not let a body reach a prototype', async () => {
    expect(problem(await post(url, '{"__proto__":{"platformAdmin":true}}')).status).toBe(422);
    expect(problem(await post(url, '{"constructor":{"prototype":{"x":1}}}')).status).toBe(422);
  });
});

it('answers 400 for a body that is not JSON where AuthZEN says so, to who may ask', async () => {
  const { bearer } = await reeve.agentKey(await reeve.addTenant('broken'));
  const headers = { authorization: `Bearer ${bearer}` };
  expect(problem(await post('/access/v1/evaluation', '{"subject":', headers)).status).toBe(400);
  expect(problem(await post('/access/v1/evaluation', '{"subject":')).status).toBe(401);
});

it('answers 401 to a stranger, 404 off the map, 404 for a wrong method', async () => {
  const stranger = await post('/access/v1/evaluation', '{}');
  expect(problem(stranger).status).toBe(401);
  expect(stranger.headers['www-authenticate']).toMatch(/^Bearer/);
  expect(problem(await reeve.inject({ method: 'GET', url: '/v1/nothing' })).status).toBe(404);
  expect(
    problem(await reeve.inject({ method: 'GET', url: '/v1/nothing', headers: { accept: 'text/html' } }))
      .status,
  ).toBe(404);
  expect(
    problem(await reeve.inject({ method: 'GET', url: '/auth/nothing', headers: { accept: 'text/html' } }))
      .status,
  ).toBe(404);
  expect(problem(await reeve.inject({ method: 'DELETE', url: '/auth/sign-in' })).status).toBe(404);
  expect(problem(await reeve.inject({ method: 'GET', url: '/%zz' })).status).toBe(400);
});

it('honours X-Request-ID, unless it is none', async () => {
  const ask = (id: string) =>
    reeve.inject({ method: 'GET', url: '/healthz', headers: { 'x-request-id': id } });
  expect((await ask('bfe9eb29-ab87-4ca3-be83-a1d5d8305716')).headers['x-request-id']).toBe(
    'bfe9eb29-ab87-4ca3-be83-a1d5d8305716',
  );
  expect((await ask('a b')).headers['x-request-id']).toBe('a b');
  expect((await ask('x'.repeat(2000))).headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  expect((await ask('a\tb')).headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
});

it('sends the headers that keep a browser from helping an attacker', async () => {
  for (const url of ['/healthz', '/v1/nothing', '/graphql']) {
    const { headers } = await reeve.inject({ method: 'GET', url });
    expect(headers).toMatchObject({
      'content-security-policy': "default-src 'none';frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
  }
  const { headers } = await reeve.inject({ method: 'GET', url: '/docs/guides' });
  const csp = headers['content-security-policy'] as string;
  expect(csp).toContain("script-src 'self';");
  expect(csp).toContain("frame-ancestors 'none'");
  expect(headers).toMatchObject({
    'cross-origin-opener-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  });
});
