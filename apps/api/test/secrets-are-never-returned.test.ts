/** No query, export, record or document gives away a password, a hash of one, a session, a key or a seal's key. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { getNamedType, isObjectType } from 'graphql';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EDITS, PASSWORD, REASON, startApp, type Credential, type TestApp } from './support/app.js';

let reeve: TestApp;
let owner: Credential;
let key: string;
const secrets = new Map<string, string>();

beforeAll(async () => {
  reeve = await startApp();
  const tenant = await reeve.addTenant('alpha');
  await reeve.publish(tenant, EDITS);
  owner = await reeve.addMember(tenant, 'owner@alpha.test', ['owner']);
  const made = await reeve.graphql(
    owner,
    `mutation { createApiKey(tenant: "alpha", name: "k", kind: management, roles: [viewer], expiresInDays: 30, reason: "${REASON}") { secret } }`,
  );
  key = made.data!['createApiKey'].secret as string;

  const client = new pg.Client({ connectionString: reeve.database.url });
  await client.connect();
  const { rows } = await client.query<{ hash: string }>('SELECT password_hash AS hash FROM account');
  await client.end();
  const session = owner.cookie!.split('=')[1]!;
  for (const [name, value] of Object.entries({
    password: PASSWORD,
    'password hash': rows[0]!.hash,
    'session cookie': session,
    'session hash': createHash('sha256').update(session).digest('hex'),
    'API key': key,
    'API key hash': createHash('sha256').update(key).digest('hex'),
    'vault key': readFileSync(join(reeve.config.dataDir, 'vault-key'), 'utf8'),
    'sealing key': (
      JSON.parse(readFileSync(join(reeve.config.dataDir, 'audit-keyring.json'), 'utf8')) as {
        keys: { k1: string };
      }
    ).keys.k1,
  }))
    secrets.set(name, value);
});
afterAll(() => reeve.close());

const given = (text: string) =>
  [...secrets].filter(([, secret]) => text.includes(secret)).map(([name]) => name);

/** Every scalar there is below a type. */
function everything(typeName: string, depth = 0): string {
  const type = reeve.app.get(GraphQLSchemaHost).schema.getType(typeName);
  if (!isObjectType(type) || depth > 5) return '';
  const fields = Object.values(type.getFields()).map(
    ({ name, type: of }) => `${name} ${everything(getNamedType(of).name, depth + 1)}`,
  );
  return `{ ${fields.join(' ')} }`;
}

it('in no query', async () => {
  const { schema } = reeve.app.get(GraphQLSchemaHost);
  const hour = `from: "${new Date(Date.now() - 3600_000).toISOString()}", to: "${new Date().toISOString()}"`;
  const args: Record<string, string> = {
    latency: `(tenant: "alpha", of: node, ${hour})`,
    spend: `(tenant: "alpha", by: [route, segment], ${hour})`,
    spendByUser: `(tenant: "alpha", ${hour})`,
    spendOverTime: `(tenant: "alpha", ${hour})`,
    evaluation: '',
    auditRecord: '(tenant: "alpha", seq: "1")',
    policyDiff: '(tenant: "alpha", from: 0, to: 1)',
    killSwitchImpact: '(tenant: "alpha", scope: tenant)',
    subjectImportPreview: `(tenant: "alpha", format: "ndjson", text: ${JSON.stringify('{"id":"mia","attributes":{}}')})`,
    policyReview: '(tenant: "alpha", edits: [])',
    search: '(tenant: "alpha", text: "alpha")',
    liftTerms: '(tenant: "alpha", scope: tenant)',
    toolStats: '(tenant: "alpha", from: "2020-01-01T00:00:00Z")',
    overview: `(tenant: "alpha", ${hour})`,
  };
  const admin = await reeve.addAdmin();
  for (const { name, type, args: taken } of Object.values(schema.getQueryType()!.getFields())) {
    const called = args[name] ?? (taken.some((arg) => arg.name === 'tenant') ? '(tenant: "alpha")' : ' ');
    if (called === '') continue;
    const answer = await reeve.graphql(
      name === 'platformAdministrators' ? admin : owner,
      `{ ${name}${called} ${everything(getNamedType(type).name)} }`,
    );
    expect(answer.errors, name).toEqual([]);
    expect(given(JSON.stringify(answer)), name).toEqual([]);
  }
});

it('in no export and no document', async () => {
  for (const url of [
    '/v1/audit/export?tenant=alpha',
    '/v1/audit/export?tenant=alpha&format=csv',
    '/openapi.json',
    '/auth/session',
  ]) {
    const { statusCode, body } = await reeve.inject({
      method: 'GET',
      url,
      headers: { cookie: owner.cookie! },
    });
    expect(statusCode, url).toBe(200);
    expect(given(body), url).toEqual([]);
  }
});

it('and the files that hold them are their owner’s alone', async () => {
  const { statSync } = await import('node:fs');
  for (const file of ['vault-key', 'audit-keyring.json'])
    expect(statSync(join(reeve.config.dataDir, file)).mode & 0o777, file).toBe(0o600);
});
