/** What an agent's key may send a second is its tenant's to say: recorded with a reason, counted at once, and no other key's. */
import pg from 'pg';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { ApiKeysRepository } from '../src/api-keys/api-keys.repository.js';
import { KeyRates } from '../src/api-keys/key-rates.service.js';
import { LastUsed } from '../src/api-keys/last-used.js';
import { EDITS, REASON, startApp, type Credential, type TestApp } from './support/app.js';

let reeve: TestApp;
let tenant: string;
let owner: Credential;
let viewer: Credential;
beforeAll(async () => {
  reeve = await startApp();
  tenant = await reeve.addTenant('alpha');
  await reeve.publish(tenant, EDITS);
  owner = await reeve.addMember(tenant, 'owner@alpha.test', ['owner']);
  viewer = await reeve.addMember(tenant, 'viewer@alpha.test', ['viewer']);
});
afterAll(() => reeve.close());

const question = {
  subject: { type: 'user', id: 'mia' },
  action: { name: 'tools/call' },
  resource: { type: 'tool', id: 'search', properties: { arguments: {} } },
  context: { agent: 'desk' },
};
const ask = ({ bearer }: Credential, questions?: number) =>
  reeve.inject({
    method: 'POST',
    url: questions === undefined ? '/access/v1/evaluation' : '/access/v1/evaluations',
    headers: { authorization: `Bearer ${bearer}` },
    payload:
      questions === undefined ? question : { evaluations: Array.from({ length: questions }, () => question) },
  });

interface Key {
  readonly id: string;
  readonly version: number;
  readonly requestsPerSecond: number | null;
  readonly questionsPerSecond: number | null;
}
const FIELDS = 'id version requestsPerSecond questionsPerSecond';
/** The newest is first. */
const newest = async (): Promise<Key> =>
  (await reeve.graphql(owner, `{ apiKeys(tenant: "alpha") { ${FIELDS} } }`)).data!['apiKeys'][0] as Key;
const limit = (who: Credential, { id, version }: Key, limits: string, reason = REASON) =>
  reeve.graphql(
    who,
    `mutation { limitApiKey(tenant: "alpha", id: "${id}", expectedVersion: ${version}, ${limits} reason: "${reason}") { ${FIELDS} } }`,
  );

it('without one a key sends as much as there is', async () => {
  const key = await reeve.agentKey(tenant);
  const answers = await Promise.all(Array.from({ length: 60 }, () => ask(key)));
  expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
  expect(await newest()).toMatchObject({ requestsPerSecond: null, questionsPerSecond: null });
});

it('requests beyond it are told when to come again, and another key’s are answered', async () => {
  const [other, key] = [await reeve.agentKey(tenant), await reeve.agentKey(tenant)];
  expect((await ask(key)).statusCode).toBe(200);
  const limited = await limit(owner, await newest(), 'requestsPerSecond: 3,');
  expect(limited.data!['limitApiKey']).toMatchObject({ requestsPerSecond: 3, questionsPerSecond: null });
  const answers = await Promise.all(Array.from({ length: 30 }, () => ask(key)));
  const refused = answers.filter(({ statusCode }) => statusCode === 429);
  // A second's worth at once, and perhaps one or two that were earned meanwhile.
  expect(refused.length).toBeGreaterThan(20);
  expect(refused.length).toBeLessThanOrEqual(27);
  expect(refused[0]!.headers['retry-after']).toBe('1');
  expect(refused[0]!.json()).toMatchObject({ details: { limit: 3, of: 'requests' } });
  expect((await ask(other)).statusCode).toBe(200);
  await limit(owner, await newest(), '');
  expect((await ask(key)).statusCode).toBe(200);
});

it('a batch counts as many questions as it holds', async () => {
  const key = await reeve.agentKey(tenant);
  await limit(owner, await newest(), 'questionsPerSecond: 10,');
  expect((await ask(key, 200)).statusCode).toBe(200);
  const refused = await ask(key);
  expect(refused.statusCode).toBe(429);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(10);
  expect(refused.json()).toMatchObject({ details: { limit: 10, of: 'questions' } });
});

it('what another process was told is heard with the next note of the key’s use', async () => {
  const key = await reeve.agentKey(tenant);
  expect((await ask(key)).statusCode).toBe(200);
  const { id } = await newest();
  const elsewhere = new pg.Client(reeve.database.url);
  await elsewhere.connect();
  await elsewhere.query(`SELECT set_config('app.tenant_ids', $1, false)`, [tenant]);
  await elsewhere.query('UPDATE api_key SET requests_per_second = 1 WHERE id = $1', [id]);
  await elsewhere.end();
  expect((await Promise.all([ask(key), ask(key)])).map(({ statusCode }) => statusCode)).toEqual([200, 200]);
  new LastUsed(reeve.app.get(ApiKeysRepository), reeve.app.get(KeyRates)).note(tenant, id);
  await vi.waitFor(async () => expect((await ask(key)).statusCode).toBe(429));
});

it('is a change like any other: with a reason, of the version that was seen, by who may', async () => {
  await reeve.agentKey(tenant);
  const key = await newest();
  expect((await limit(viewer, key, 'requestsPerSecond: 3,')).code).toBe('FORBIDDEN');
  expect((await limit(owner, key, 'requestsPerSecond: 3,', 'no')).code).toBe('BAD_USER_INPUT');
  for (const wrong of ['requestsPerSecond: 0,', 'questionsPerSecond: -1,', 'questionsPerSecond: 100001,'])
    expect((await limit(owner, key, wrong)).code, wrong).toBe('BAD_USER_INPUT');
  expect((await limit(owner, key, 'requestsPerSecond: 3, questionsPerSecond: 30,')).code).toBeUndefined();
  expect((await limit(owner, key, 'requestsPerSecond: 4,')).code).toBe('CONFLICT');
  const { data } = await reeve.graphql(
    owner,
    '{ auditRecords(tenant: "alpha", first: 1) { nodes { action reason target payload } } }',
  );
  const [record] = data!['auditRecords'].nodes as { payload: string }[];
  expect(record).toMatchObject({ action: 'api_key.limit', reason: REASON, target: `api_key:${key.id}` });
  expect(JSON.parse(record!.payload)).toMatchObject({
    change: {
      before: { requests_per_second: null, questions_per_second: null },
      after: { requests_per_second: 3, questions_per_second: 30 },
    },
  });
});

it('is for agents’ keys that are not revoked', async () => {
  await reeve.managementKey(tenant, ['viewer']);
  expect((await limit(owner, await newest(), 'requestsPerSecond: 3,')).code).toBe('BAD_USER_INPUT');
  await reeve.agentKey(tenant);
  const { id, version } = await newest();
  await reeve.graphql(
    owner,
    `mutation { revokeApiKey(tenant: "alpha", id: "${id}", expectedVersion: ${version}, reason: "${REASON}") { id } }`,
  );
  const revoked = { id, version: version + 1, requestsPerSecond: null, questionsPerSecond: null };
  expect((await limit(owner, revoked, 'requestsPerSecond: 3,')).code).toBe('CONFLICT');
});
