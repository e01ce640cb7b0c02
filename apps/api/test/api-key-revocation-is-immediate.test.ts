/** A key works until its revocation has returned and not once after, keeps no secret here, and is scoped to its tenant. */
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseApiKey } from '../src/api-keys/api-key-format.js';
import { EDITS, REASON, startApp, type Credential, type TestApp } from './support/app.js';

let reeve: TestApp;
let owner: Credential;

beforeAll(async () => {
  reeve = await startApp();
  const tenant = await reeve.addTenant('alpha');
  await reeve.publish(tenant, EDITS);
  owner = await reeve.addMember(tenant, 'owner@alpha.test', ['owner']);
  await reeve.addTenant('beta');
});
afterAll(() => reeve.close());

const create = async (fields: string) => {
  const { data } = await reeve.graphql(
    owner,
    `mutation { createApiKey(tenant: "alpha", ${fields}${fields.includes('management') ? ', expiresInDays: 30' : ''}, reason: "${REASON}") { secret apiKey { id version hint lastUsedAt } } }`,
  );
  return data!['createApiKey'] as {
    secret: string;
    apiKey: { id: string; version: number; hint: string; lastUsedAt: null };
  };
};
const revoke = (id: string, version: number) =>
  reeve.graphql(
    owner,
    `mutation { revokeApiKey(tenant: "alpha", id: "${id}", expectedVersion: ${version}, reason: "${REASON}") { revokedAt } }`,
  );
const ask = (bearer: string) =>
  reeve.inject({
    method: 'POST',
    url: '/access/v1/evaluation',
    headers: { authorization: `Bearer ${bearer}` },
    payload: {
      subject: { type: 'user', id: 'mia' },
      action: { name: 'tools/call' },
      resource: { type: 'tool', id: 'search' },
    },
  });

it('ends a management key at its next request', async () => {
  const { secret, apiKey } = await create('name: "ci", kind: management, roles: [viewer]');
  expect((await reeve.graphql({ bearer: secret }, '{ tenants { slug } }')).data).toEqual({
    tenants: [{ slug: 'alpha' }],
  });
  expect((await revoke(apiKey.id, apiKey.version)).data!['revokeApiKey'].revokedAt).toBeTruthy();
  expect((await reeve.graphql({ bearer: secret }, '{ tenants { slug } }')).code).toBe('UNAUTHENTICATED');
  expect((await revoke(apiKey.id, apiKey.version + 1)).code).toBe('CONFLICT');
});

it('ends an agent’s key for decisions, though its facts are cached', async () => {
  const { secret, apiKey } = await create('name: "desk", kind: agent, assistants: ["desk"]');
  expect((await ask(secret)).statusCode).toBe(200);
  expect((await ask(secret)).statusCode).toBe(200);
  await revoke(apiKey.id, apiKey.version);
  expect((await ask(secret)).statusCode).toBe(401);
});

it('refuses each kind of key where the other belongs', async () => {
  const agent = await create('name: "a", kind: agent');
  const management = await create('name: "m", kind: management, roles: [owner]');
  expect((await reeve.graphql({ bearer: agent.secret }, '{ tenants { slug } }')).code).toBe(
    'UNAUTHENTICATED',
  );
  expect((await ask(management.secret)).statusCode).toBe(401);
});

it('scopes a management key to its tenant and its roles', async () => {
  const { secret } = await create('name: "v", kind: management, roles: [viewer]');
  const key = { bearer: secret };
  expect((await reeve.graphql(key, '{ policy(tenant: "alpha") { revision } }')).code).toBeUndefined();
  expect((await reeve.graphql(key, '{ policy(tenant: "beta") { revision } }')).code).toBe('NOT_FOUND');
  expect((await reeve.graphql(key, '{ apiKeys(tenant: "alpha") { id } }')).code).toBe('FORBIDDEN');
});

it('does not take a key whose tenant, secret or case was changed', async () => {
  const { secret } = await create('name: "t", kind: management, roles: [viewer]');
  const beta = Buffer.from('0'.repeat(32), 'hex').toString('base64url');
  const forged = [
    secret.slice(0, -1) + (secret.endsWith('A') ? 'B' : 'A'),
    secret.toUpperCase(),
    `rvk_mgmt_${beta}${secret.slice(31)}`,
  ];
  for (const bearer of forged)
    expect((await reeve.graphql({ bearer }, '{ tenants { slug } }')).code, bearer).toBe('UNAUTHENTICATED');
});

it('keeps a hash only, and shows when a key was last used', async () => {
  const { secret, apiKey } = await create('name: "u", kind: management, roles: [viewer]');
  expect(apiKey.lastUsedAt).toBeNull();
  expect(secret.endsWith(apiKey.hint)).toBe(true);
  await reeve.graphql({ bearer: secret }, '{ tenants { slug } }');
  await expect
    .poll(async () => {
      const { data } = await reeve.graphql(owner, '{ apiKeys(tenant: "alpha") { id lastUsedAt } }');
      return (data!['apiKeys'] as { id: string; lastUsedAt: string | null }[]).find(
        ({ id }) => id === apiKey.id,
      )?.lastUsedAt;
    })
    .toBeTruthy();

  const client = new pg.Client({ connectionString: reeve.database.url });
  await client.connect();
  const { tenantId } = parseApiKey(secret)!;
  await client.query(`SELECT set_config('app.tenant_ids', $1, false)`, [tenantId]);
  for (const table of ['api_key', 'audit_record', 'evidence']) {
    const { rows } = await client.query(`SELECT * FROM ${table}`);
    expect(JSON.stringify(rows), table).not.toContain(secret.slice(32));
  }
  await client.end();
});
