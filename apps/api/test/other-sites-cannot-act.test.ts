/** A page of another site makes a member's browser do nothing: not by form, not by script, not by websocket. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REASON, startApp, type Credential, type TestApp } from './support/app.js';
import { listening, websocketClient } from './support/subscribe.js';

let reeve: TestApp;
let who: Credential;
let address: string;

beforeAll(async () => {
  reeve = await startApp({ REEVE_ORIGINS: 'https://ops.example' });
  const tenant = await reeve.addTenant('alpha');
  who = await reeve.addMember(tenant, 'owner@alpha.test', ['owner']);
  address = await listening(reeve);
});
afterAll(() => reeve.close());

const stop = {
  query: `mutation { engageKillSwitch(tenant: "alpha", scope: tenant, mode: stopped, reason: "${REASON}") { id } }`,
};
const post = (url: string, headers: Record<string, string>, payload: object | string) =>
  reeve.inject({
    method: 'POST',
    url,
    headers: { cookie: who.cookie!, host: 'reeve.test', ...headers },
    payload,
  });

describe.each([
  ['a page of another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
  ['a sibling site', { origin: 'https://evil.reeve.test', 'sec-fetch-site': 'same-site' }],
  ['an old browser at another site', { origin: 'https://evil.example' }],
  ['a sandboxed frame', { origin: 'null' }],
])('%s', (_, headers) => {
  it.each(['/graphql', '/auth/sign-out', '/auth/sign-in', '/auth/password'])(
    'cannot post to %s',
    async (url) => {
      const answer = await post(url, headers, url === '/graphql' ? stop : { email: 'x', password: 'x' });
      expect(answer.body).toMatch(/refused/);
      if (url !== '/graphql') expect(answer.statusCode).toBe(403);
    },
  );
});

it('left everything as it was', async () => {
  const { data } = await reeve.graphql(
    who,
    '{ killSwitches(tenant: "alpha") { id } session { member { email } } }',
  );
  expect(data).toMatchObject({ killSwitches: [], session: { member: { email: 'owner@alpha.test' } } });
});

it('cannot be sent what needs no preflight: forms and plain text', async () => {
  for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x']) {
    const answer = await post('/auth/sign-in', { 'content-type': type }, 'email=x&password=y');
    expect(answer.statusCode, type).toBe(415);
  }
});

it('changes nothing by GET', async () => {
  const query = encodeURIComponent(stop.query);
  const answer = await reeve.inject({
    method: 'GET',
    url: `/graphql?query=${query}`,
    headers: { cookie: who.cookie! },
  });
  expect(answer.json<{ data: unknown }>().data).toBeNull();
  const exported = await reeve.inject({
    method: 'GET',
    url: '/v1/audit/export?tenant=alpha',
    headers: { cookie: who.cookie!, 'sec-fetch-site': 'cross-site' },
  });
  expect(exported.statusCode).toBe(403);
});

it.each([
  [403, 'another site', { 'sec-fetch-site': 'cross-site' }],
  [403, 'a sibling site', { 'sec-fetch-site': 'same-site' }],
  [403, 'a script of another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
  [403, 'a sandboxed frame', { origin: 'null' }],
  [403, 'an old browser at another site', { referer: 'https://evil.example/page' }],
  [403, 'an old browser at a page with our name in it', { referer: 'https://evil.example/reeve.test' }],
  [200, 'the console', { 'sec-fetch-site': 'same-origin', referer: 'http://reeve.test/alpha/audit' }],
  [200, 'an old browser at the console', { referer: 'http://reeve.test/alpha/audit' }],
  [200, 'a named origin', { origin: 'https://ops.example', 'sec-fetch-site': 'cross-site' }],
  [200, 'a typed address', { 'sec-fetch-site': 'none' }],
  [200, 'a program', {}],
])('answers %i to an export that %s asks for', async (status, _, headers) => {
  const answer = await reeve.inject({
    method: 'GET',
    url: `/v1/audit/export?tenant=alpha&reason=${encodeURIComponent(REASON)}`,
    headers: { cookie: who.cookie!, host: 'reeve.test', ...headers },
  });
  expect(answer.statusCode, answer.body).toBe(status);
});

it('lets the console itself, named origins and programs', async () => {
  for (const headers of [
    { origin: 'http://reeve.test' },
    { origin: 'https://ops.example' },
    { 'sec-fetch-site': 'same-origin' },
    {},
  ])
    expect(
      (await post('/graphql', headers as Record<string, string>, { query: '{ tenants { slug } }' })).json(),
    ).toEqual({
      data: { tenants: [{ slug: 'alpha' }] },
    });
});

describe('a websocket', () => {
  const subscribe = (origin: string | undefined, cookie = who.cookie!) =>
    new Promise<unknown>((resolve) => {
      const client = websocketClient(address, { cookie, ...(origin === undefined ? {} : { origin }) });
      const end = (value: unknown) => {
        resolve(value);
        void client.dispose();
      };
      client.subscribe(
        { query: 'subscription { ledgerAdvanced(tenant: "alpha") { tenant changed } }' },
        {
          next: (value) => end(value.data ?? value.errors),
          error: (error) => end(error),
          complete: () => end('complete'),
        },
      );
    });

  it('is ours when the page is', async () => {
    const advance = { ledgerAdvanced: { tenant: 'alpha', changed: false } };
    expect(await subscribe(`http://${address}`)).toEqual(advance);
    expect(await subscribe(undefined)).toEqual(advance);
  });

  it('is refused to another site, and to nobody in particular', async () => {
    expect(await subscribe('https://evil.example')).not.toMatchObject({ ledgerAdvanced: {} });
    expect(await subscribe(undefined, 'reeve_session=nonsense')).toMatchObject({ code: 4401 });
  });
});
