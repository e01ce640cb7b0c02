/** A database from before accounts and members were two things: everybody is who they were, and old links are dead. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cloneDatabase, type TestDatabase } from './support/database.js';

const MIGRATIONS = join(import.meta.dirname, '../../../prisma/migrations');
const PLATFORM = '00000000-0000-0000-0000-000000000000';
const [A, B, ADMIN, BOTH, PENDING, LEFT] = Array.from(
  { length: 6 },
  (_, i) => `0000000${i + 1}-0000-4000-8000-000000000000`,
) as [string, string, string, string, string, string];

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await cloneDatabase({ empty: true });
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const run = async (name: string) => {
  await client.query('BEGIN');
  await client.query(readFileSync(join(MIGRATIONS, name, 'migration.sql'), 'utf8'));
  await client.query('COMMIT');
};

it('keeps ids, roles and passwords, makes administrators members of the platform, and invites who never came', async () => {
  const names = readdirSync(MIGRATIONS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();
  const people = names.findIndex((name) => name.endsWith('_people'));
  for (const name of names.slice(0, people)) await run(name);
  await client.query(`SELECT set_config('app.tenant_ids', '${PLATFORM},${A},${B}', false)`);
  await client.query(`
    INSERT INTO tenant (id, slug, name) VALUES ('${A}', 'a', 'A'), ('${B}', 'b', 'B');
    INSERT INTO member (id, email, name, password_hash, platform_admin) VALUES
      ('${ADMIN}', 'admin@x.test', 'Admin', 'hash admin', true),
      ('${BOTH}', 'both@x.test', 'Both', 'hash both', false),
      ('${PENDING}', 'pending@x.test', 'Pending', NULL, false),
      ('${LEFT}', 'left@x.test', 'Left', 'hash left', false);
    INSERT INTO membership (tenant_id, member_id, roles) VALUES
      ('${A}', '${BOTH}', '{owner}'), ('${B}', '${BOTH}', '{viewer}'), ('${A}', '${PENDING}', '{operator}');
    INSERT INTO session (token_hash, member_id, expires_at) VALUES ('s', '${BOTH}', now() + interval '1 hour');
    INSERT INTO one_time_link (token_hash, purpose, member_id, expires_at) VALUES ('l', 'password', '${PENDING}', now() + interval '1 hour');
    INSERT INTO api_key (tenant_id, id, name, kind, secret_hash, hint, assistants, roles, created_by) VALUES
      ('${A}', gen_random_uuid(), 'agent', 'agent', 'h1', 'x', '{}', '{}', '${BOTH}'),
      ('${A}', gen_random_uuid(), 'automation', 'management', 'h2', 'x', '{}', '{owner}', '${BOTH}');`);
  for (const name of names.slice(people)) await run(name);

  await client.query(`SELECT set_config('app.tenant_ids', '${PLATFORM},${A},${B}', false)`);
  const { rows } = await client.query(
    'SELECT tenant_id, id, account_id, email, name, roles FROM membership ORDER BY tenant_id, id',
  );
  const both = { email: 'both@x.test', name: 'Both', id: BOTH, account_id: BOTH };
  expect(rows).toEqual([
    {
      tenant_id: PLATFORM,
      id: ADMIN,
      account_id: ADMIN,
      email: 'admin@x.test',
      name: 'Admin',
      roles: ['owner'],
    },
    { tenant_id: A, ...both, roles: ['owner'] },
    {
      tenant_id: A,
      id: PENDING,
      account_id: null,
      email: 'pending@x.test',
      name: 'Pending',
      roles: ['operator'],
    },
    { tenant_id: B, ...both, roles: ['viewer'] },
  ]);
  const accounts = await client.query('SELECT id, password_hash FROM account ORDER BY id');
  expect(accounts.rows).toEqual([
    { id: ADMIN, password_hash: 'hash admin' },
    { id: BOTH, password_hash: 'hash both' },
    { id: LEFT, password_hash: 'hash left' },
  ]);
  expect((await client.query('SELECT account_id FROM session')).rows).toEqual([{ account_id: BOTH }]);
  expect((await client.query('SELECT 1 FROM one_time_link')).rows).toEqual([]);
  const keys = await client.query(
    `SELECT kind, expires_at BETWEEN now() + interval '364 days' AND now() + interval '367 days' AS ends FROM api_key ORDER BY kind`,
  );
  expect(keys.rows).toEqual([
    { kind: 'agent', ends: null },
    { kind: 'management', ends: true },
  ]);
});
