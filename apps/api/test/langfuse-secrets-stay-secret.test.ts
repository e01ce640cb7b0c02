/** The secret key of a connection goes to its Langfuse and nowhere else; a connection is its tenant's alone. */
import pg from 'pg';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { readKeys } from '../src/ledger/key-files.js';
import { decrypt } from '../src/ledger/vault.js';
import { secretContext } from '../src/langfuse/secret-context.js';
import { FakeLangfuse, KEYS } from './support/fake-langfuse.js';
import { Clock, connect, round, startWith, WHY, type Connected } from './support/langfuse.js';
import type { TestApp } from './support/app.js';

const { secretKey } = KEYS;
let fake: FakeLangfuse;
let reeve: TestApp;
let alpha: Connected;
let beta: Connected;
const printed: string[] = [];

beforeAll(async () => {
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  fake = await new FakeLangfuse({ v2: [], v1: [] }).start();
  reeve = await startWith(fake);
  alpha = await connect(reeve, 'alpha', fake);
  beta = await connect(reeve, 'beta', fake);
});
afterAll(async () => {
  vi.restoreAllMocks();
  await reeve.close();
  await fake.stop();
});

const dump = async (): Promise<string> => {
  const client = new pg.Client(reeve.database.url);
  await client.connect();
  await client.query(
    `SELECT set_config('app.tenant_ids', (SELECT string_agg(id::text, ',') FROM tenant), false)`,
  );
  const { rows: tables } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace`,
  );
  const texts: string[] = [];
  for (const { name } of tables)
    texts.push(JSON.stringify((await client.query(`SELECT t::text, to_jsonb(t) FROM "${name}" t`)).rows));
  await client.end();
  return texts.join('\n');
};

it('stands nowhere in the database, in a record, an answer, an error or a line of a log', async () => {
  const { connectionId } = alpha;
  const all = await reeve.graphql(
    alpha.owner,
    '{ langfuseConnections(tenant: "alpha") { id baseUrl publicKey hint error projectName } auditRecords(tenant: "alpha", first: 50) { nodes { payload } } }',
  );
  expect(all.data!['langfuseConnections']).toMatchObject([{ hint: secretKey.slice(-4) }]);
  const clock = new Clock();
  const failures = [
    { status: 401, body: { message: `your key ${secretKey} is wrong` } },
    { status: 500, body: { message: secretKey } },
    { status: 200, body: { data: [{ name: secretKey }] } },
  ];
  const answers = [JSON.stringify(all.data)];
  for (const reply of failures) {
    fake.instead = () => reply;
    const keys = `publicKey: "${KEYS.publicKey}", secretKey: "${secretKey}"`;
    const tested = await reeve.graphql(
      alpha.owner,
      `mutation { testLangfuse(tenant: "alpha", baseUrl: "${fake.url}", ${keys}) { trouble message projectName } }`,
    );
    answers.push(JSON.stringify(tested));
    clock.pass(400);
    await round(reeve.app, clock);
    answers.push(JSON.stringify(await alpha.connection()));
    const { version } = await alpha.connection();
    await alpha.ask(
      `resumeLangfuse(tenant: "alpha", id: "${connectionId}", expectedVersion: ${String(version)}, ${WHY}) { id }`,
    );
  }
  const refused = await reeve.graphql(
    alpha.owner,
    `mutation { connectLangfuse(tenant: "alpha", baseUrl: "nowhere", publicKey: "a:b", secretKey: "${secretKey}", ${WHY}) { id } }`,
  );
  answers.push(JSON.stringify(refused));
  for (const text of [...answers, printed.join('')]) expect(text).not.toContain(secretKey);

  const kept = await dump();
  for (const form of [
    secretKey,
    Buffer.from(secretKey).toString('hex'),
    Buffer.from(secretKey).toString('base64'),
  ])
    expect(kept).not.toContain(form);
  expect(kept).toContain(KEYS.publicKey);
});

it('opens with the vault key, for the connection it was given to and no other', async () => {
  const { vault } = readKeys(reeve.config);
  const [row] = await alpha.rows<{ secret_key: Buffer }>(
    'SELECT secret_key FROM langfuse_connection WHERE id = $1',
    [alpha.connectionId],
  );
  const key = { tenantId: alpha.tenantId, id: alpha.connectionId };
  expect(decrypt(vault, row!.secret_key, secretContext(key)).toString()).toBe(secretKey);
  expect(() => decrypt(vault, row!.secret_key, secretContext({ ...key, id: beta.connectionId }))).toThrow();
});

it('one that cannot be opened any more stops its connection, which says what to do', async () => {
  fake.instead = () => undefined;
  const damaged = await connect(reeve, 'gamma', fake);
  await damaged.rows(
    `UPDATE langfuse_connection SET secret_key = set_byte(secret_key, 20, get_byte(secret_key, 20) # 1) WHERE id = $1`,
    [damaged.connectionId],
  );
  const clock = new Clock();
  clock.pass(3_600);
  await round(reeve.app, clock);
  expect(await damaged.connection()).toMatchObject({
    state: 'stopped',
    error: expect.stringContaining('enter it again') as string,
  });
  expect(await alpha.connection()).toMatchObject({ state: 'active' });
});

it('another tenant’s connection is not there, whatever is asked of it', async () => {
  const at = `tenant: "alpha", id: "${beta.connectionId}"`;
  const versioned = `${at}, expectedVersion: 1, ${WHY}`;
  const keys = 'publicKey: "pk", secretKey: "sk-lf-12345678"';
  for (const mutation of [
    `pauseLangfuse(${versioned}) { id }`,
    `resumeLangfuse(${versioned}) { id }`,
    `disconnectLangfuse(${versioned})`,
    `replaceLangfuseKey(${versioned}, ${keys}) { id }`,
    `startLangfuseBackfill(tenant: "alpha", connectionId: "${beta.connectionId}", from: "2026-11-20T00:00:00Z", ${WHY}) { id }`,
    `pauseLangfuseBackfill(${at}, ${WHY}) { id }`,
  ])
    expect((await reeve.graphql(alpha.owner, `mutation { ${mutation} }`)).code, mutation).toBe('NOT_FOUND');
  expect((await reeve.graphql(alpha.owner, '{ langfuseConnections(tenant: "beta") { id } }')).code).toBe(
    'NOT_FOUND',
  );
  expect((await alpha.connection())['id']).toBe(alpha.connectionId);
});

it('what pulls may note how it goes, and change nothing that people decided', async () => {
  const client = new pg.Client({ connectionString: reeve.database.url, options: '-c role=reeve_app' });
  await client.connect();
  await client.query(`SELECT set_config('app.tenant_ids', $1, false)`, [alpha.tenantId]);
  for (const column of ['base_url', 'public_key', 'secret_key', 'hint', 'paused', 'version', 'tenant_id'])
    await expect(client.query(`UPDATE langfuse_connection SET ${column} = ${column}`)).rejects.toMatchObject({
      code: '42501',
    });
  await expect(client.query('DELETE FROM langfuse_connection')).rejects.toMatchObject({ code: '42501' });
  const theirs = await client.query('UPDATE langfuse_connection SET rows = 0 WHERE tenant_id = $1', [
    beta.tenantId,
  ]);
  expect(theirs.rowCount).toBe(0);
  await client.end();
});
