/**
 * What is being sent is a sum: of one tenant's agents, and of one person, there may be a share of it under way. What is
 * more is refused by its headers, before any of it is read; what is small never is.
 */
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { AGENTS_BODIES, PEOPLES_BODIES } from '../src/infra/bodies.js';
import { EDITS, startApp, type Credential, type TestApp } from './support/app.js';
import { listening } from './support/subscribe.js';

const BYTES = 1_000_000;
let reeve: TestApp;
let address: string;
let owner: Credential;
let viewer: Credential;
let noisy: Credential;
let quiet: Credential;
const open: ClientRequest[] = [];

beforeAll(async () => {
  reeve = await startApp();
  const alpha = await reeve.addTenant('alpha');
  await reeve.publish(alpha, EDITS);
  owner = await reeve.addMember(alpha, 'owner@alpha.test', ['owner']);
  viewer = await reeve.addMember(alpha, 'viewer@alpha.test', ['viewer']);
  noisy = await reeve.agentKey(alpha);
  quiet = await reeve.agentKey(await reeve.addTenant('beta'));
  address = await listening(reeve);
});
afterEach(() => {
  for (const one of open.splice(0)) one.destroy();
});
afterAll(() => reeve.close());

const headersOf = ({ cookie, bearer }: Credential): Record<string, string> => ({
  ...(cookie === undefined ? {} : { cookie }),
  ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
});

/** Says what is to come, and sends none of it. Answered only if it is refused. */
function announce(
  path: string,
  who: Credential,
  how: Record<string, string | number>,
): Promise<IncomingMessage> {
  const one = request(`http://${address}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headersOf(who), ...how },
  });
  open.push(one);
  one.flushHeaders();
  return new Promise((answered, failed) => {
    one.once('response', answered);
    one.once('error', failed);
  });
}

/** Announces so many; resolves once all but `fit` of them are refused. */
async function refusals(
  path: string,
  who: Credential,
  fit: number,
  how: Record<string, string | number> = { 'content-length': BYTES },
): Promise<IncomingMessage[]> {
  const more = 3;
  const announced = Array.from({ length: fit + more }, () => announce(path, who, how));
  const refused: IncomingMessage[] = [];
  while (refused.length < more) {
    const [at, answer] = await Promise.race(announced.map(async (one, i) => [i, await one] as const));
    void announced.splice(at, 1);
    refused.push(answer);
  }
  return refused;
}

const question = {
  subject: { type: 'user', id: 'mia' },
  action: { name: 'tools/call' },
  resource: { type: 'tool', id: 'search', properties: { arguments: {} } },
  context: { agent: 'desk' },
};
const ask = async (who: Credential, padding = 0) => {
  const answer = await fetch(`http://${address}/access/v1/evaluation`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headersOf(who) },
    body: JSON.stringify({ ...question, padding: 'x'.repeat(padding) }),
  });
  await answer.body?.cancel();
  return answer.status;
};

it('a tenant’s agents have a share, whatever key they send it with', async () => {
  const fit = Math.floor(AGENTS_BODIES.share / BYTES);
  for (const answer of await refusals('/access/v1/evaluation', noisy, fit)) {
    expect(answer.statusCode).toBe(429);
    expect(answer.headers['retry-after']).toBe('1');
  }
  expect(await ask(noisy)).toBe(200);
  expect(await ask(noisy, 900_000)).toBe(429);
  expect(await ask(quiet, 900_000)).toBe(200);
});

it('what does not say how long it is counts as the longest there may be', async () => {
  const fit = AGENTS_BODIES.share / 1_048_576;
  const chunked = await refusals('/access/v1/evaluation', noisy, fit, { 'transfer-encoding': 'chunked' });
  expect(chunked.map(({ statusCode }) => statusCode)).toEqual([429, 429, 429]);
});

it('a person has a share, and the others theirs', async () => {
  const fit = Math.floor(PEOPLES_BODIES.share / BYTES);
  for (const answer of await refusals('/graphql', owner, fit)) {
    expect(answer.statusCode).toBe(429);
    expect(answer.headers['retry-after']).toBe('1');
  }
  const query = (padding: number) => `{ tenants { slug } } # ${'x'.repeat(padding)}`;
  const post = async (who: Credential, padding: number) =>
    (
      await fetch(`http://${address}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headersOf(who) },
        body: JSON.stringify({ query: query(padding) }),
      })
    ).status;
  expect(await post(owner, 0)).toBe(200);
  expect(await post(owner, 300_000)).toBe(429);
  expect(await post(viewer, 300_000)).toBe(200);
});

it('who has not signed in sends nothing that is long', async () => {
  for (const path of ['/graphql', '/auth/sign-in'])
    for (const who of [{}, { cookie: 'reeve_session=made-up' }, { bearer: 'made-up' }])
      expect((await announce(path, who, { 'content-length': 20_000 })).statusCode, path).toBe(413);
});

it('what was sent is given back', async () => {
  for (let i = 0; i < 40; i += 1) expect(await ask(noisy, 900_000)).toBe(200);
});
