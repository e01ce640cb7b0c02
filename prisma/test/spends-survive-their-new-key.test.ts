/** The migrations that gave spends other keys lose no window: whoever an old key may have meant has the spends. */
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
  }
}

const MIGRATIONS = join(import.meta.dirname, '../migrations');
const PSEUDONYMS = '20261126130000_hotpath';
const STATE = '20261126220000_decision_state';
const TENANT = '7f000000-0000-4000-8000-000000000001';
const REFS = ['a', 'b', 'c'].map((last) => `7f000000-0000-4000-8000-00000000000${last}`);

const database = `spends_${randomBytes(6).toString('hex')}`;
let client: pg.Client;
const migrations = readdirSync(MIGRATIONS)
  .filter((name) => /^\d/.test(name))
  .sort();
const apply = (name: string) => client.query(readFileSync(join(MIGRATIONS, name, 'migration.sql'), 'utf8'));

beforeAll(async () => {
  await administer(`create database ${database}`);
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${database}`;
  client = new pg.Client(url.href);
  await client.connect();
  for (const name of migrations.filter((one) => one < PSEUDONYMS)) await apply(name);
  await client.query(`SELECT set_config('app.tenant_ids', '${TENANT}', false)`);
  const document = { quotas: { mine: { per: 'user' }, ours: { per: 'role' }, all: { per: 'tenant' } } };
  await client.query(`INSERT INTO tenant (id, slug, name) VALUES ($1, 't', 't')`, [TENANT]);
  await client.query(
    `INSERT INTO policy_revision (tenant_id, revision, document, digest, reason, published_by) VALUES ($1, 1, $2, '', '', '')`,
    [TENANT, document],
  );
  await client.query(
    `INSERT INTO ledger_head (tenant_id, hash, at, policy_revision) VALUES ($1, '', now(), 1)`,
    [TENANT],
  );
  const subjects = [
    ['user', 'mia'],
    ['user', 'a/b'],
    ['user/a', 'b'],
  ] as const;
  for (const [i, [type, id]] of subjects.entries())
    await client.query(
      `INSERT INTO subject_key (tenant_id, type, id, ref, wrapped_key) VALUES ($1, $2, $3, $4, '')`,
      [TENANT, type, id, REFS[i]],
    );
  for (const key of [
    'mine:user/mia',
    'mine:user/a/b',
    'mine:user/erased',
    'ours:clerk',
    'all:tenant',
    'gone:user/mia',
  ])
    await client.query(`INSERT INTO quota_use (tenant_id, key, log, updated_at) VALUES ($1, $2, $3, now())`, [
      TENANT,
      key,
      JSON.stringify([1, key.length]),
    ]);
  await apply(PSEUDONYMS);
});
afterAll(async () => {
  await client.end();
  await administer(`drop database ${database} with (force)`);
});

async function administer(statement: string): Promise<void> {
  const owner = new pg.Client(inject('postgresUrl'));
  await owner.connect();
  try {
    await owner.query(statement);
  } finally {
    await owner.end();
  }
}

it('each holder has its own spends; where two ran together both have them; who was erased has none', async () => {
  const { rows } = await client.query(
    `SELECT quota, per, holder, log FROM quota_use WHERE tenant_id = $1 ORDER BY quota, holder`,
    [TENANT],
  );
  expect(rows).toEqual([
    { quota: 'all', per: 'tenant', holder: 'tenant', log: '[1,10]' },
    { quota: 'gone', per: 'user', holder: REFS[0], log: '[1,13]' },
    { quota: 'mine', per: 'user', holder: REFS[0], log: '[1,13]' },
    { quota: 'mine', per: 'user', holder: REFS[1], log: '[1,13]' },
    { quota: 'mine', per: 'user', holder: REFS[2], log: '[1,13]' },
    { quota: 'ours', per: 'role', holder: 'clerk', log: '[1,10]' },
  ]);
});

it('as state they are under the keys that decisions ask for, and good for the longest window there is', async () => {
  await client.query(
    `INSERT INTO quota_use (tenant_id, quota, per, holder, log, updated_at)
     VALUES ($1, 'a/b~c', 'assistant', 'd/e', '[1,2]', now())`,
    [TENANT],
  );
  for (const name of migrations.filter((one) => one > PSEUDONYMS && one <= STATE)) await apply(name);
  const { rows } = await client.query(
    `SELECT key, subject_ref, state, expires_at > now() + interval '30 days' AS good
     FROM decision_state WHERE tenant_id = $1 AND kind = 'quota' ORDER BY key COLLATE "C"`,
    [TENANT],
  );
  expect(rows).toEqual([
    { key: 'all:tenant', subject_ref: null, state: '[1,10]', good: true },
    { key: 'a~1b~0c:assistant:d~1e', subject_ref: null, state: '[1,2]', good: true },
    { key: `gone/${REFS[0]}`, subject_ref: REFS[0], state: '[1,13]', good: true },
    { key: `mine/${REFS[0]}`, subject_ref: REFS[0], state: '[1,13]', good: true },
    { key: `mine/${REFS[1]}`, subject_ref: REFS[1], state: '[1,13]', good: true },
    { key: `mine/${REFS[2]}`, subject_ref: REFS[2], state: '[1,13]', good: true },
    { key: 'ours:role:clerk', subject_ref: null, state: '[1,10]', good: true },
  ]);
});
