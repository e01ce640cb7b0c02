/** PostgreSQL itself refuses a cross-tenant read or write, and what a role has no business to write. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EDITS, startApp, type TestApp } from './support/app.js';

let reeve: TestApp;
let a: string;
let b: string;
let owner: pg.Client;

beforeAll(async () => {
  reeve = await startApp();
  a = await reeve.addTenant('alpha');
  b = await reeve.addTenant('beta');
  for (const tenant of [a, b]) {
    await reeve.publish(tenant, EDITS);
    await reeve.addMember(tenant, `owner@${tenant}.test`, ['owner']);
    await reeve.managementKey(tenant, ['viewer']);
  }
  owner = await connect();
});
afterAll(async () => {
  await owner.end();
  await reeve.close();
});

async function connect(role?: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: reeve.database.url,
    ...(role ? { options: `-c role=${role}` } : {}),
  });
  await client.connect();
  return client;
}

/** Runs statements as a role with tenants named, and rolls back. */
async function as<T>(role: string, tenants: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await connect(role);
  try {
    await client.query('BEGIN');
    await client.query(`SELECT set_config('app.tenant_ids', $1, true)`, [tenants]);
    return await work(client);
  } finally {
    await client.query('ROLLBACK');
    await client.end();
  }
}

/** All of them, or those that a role may read. */
const tenantTables = async (role?: string): Promise<string[]> =>
  (
    await owner.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
       JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND a.attname = 'tenant_id' AND NOT a.attisdropped
         AND ($1::text IS NULL OR has_column_privilege($1::name, a.attrelid, a.attnum, 'SELECT'))`,
      [role ?? null],
    )
  ).rows.map(({ name }) => name);

/** What each may not even look at. */
const HIDDEN = {
  reeve_app: ['telemetry_salt'],
  reeve_ledger: [
    'dimension_value',
    'latency_bin',
    'receipt',
    'rollup',
    'score',
    'series',
    'span',
    'span_content',
    'telemetry_rejection',
    'telemetry_salt',
    'trace',
    'user_spend',
  ],
} as const;

describe('the catalogue', () => {
  it('has forced row-level security with a policy on every tenant table', async () => {
    const { rows } = await owner.query<{ name: string; ok: boolean }>(
      `SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (
         SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND pg_get_expr(p.polqual, p.polrelid) LIKE '%current_tenants()%'
           AND pg_get_expr(p.polwithcheck, p.polrelid) LIKE '%current_tenants()%') AS ok
       FROM pg_class c WHERE c.relname = ANY ($1) AND c.relnamespace = 'public'::regnamespace`,
      [await tenantTables()],
    );
    expect(rows.length).toBeGreaterThanOrEqual(11);
    expect(rows.filter(({ ok }) => !ok)).toEqual([]);
  });

  it('leads the primary key of every tenant table with tenant_id', async () => {
    for (const table of await tenantTables()) {
      const { rows } = await owner.query<{ column: string }>(
        `SELECT a.attname AS column FROM pg_index i
         JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
         WHERE i.indrelid = $1::regclass AND i.indisprimary`,
        [table],
      );
      expect(rows, table).toEqual([{ column: 'tenant_id' }]);
    }
  });

  it('gives neither role a way around: no login, no superuser, no bypass, no ownership', async () => {
    const { rows } = await owner.query(
      `SELECT rolname FROM pg_roles r WHERE rolname IN ('reeve_app', 'reeve_ledger')
       AND (rolsuper OR rolbypassrls OR rolcanlogin OR EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid))`,
    );
    expect(rows).toEqual([]);
  });
});

describe.each(['reeve_app', 'reeve_ledger'] as const)('%s', (role) => {
  it('may read every tenant table but what is not its business', async () => {
    const seen = new Set(await tenantTables(role));
    const hidden = (await tenantTables()).filter((table) => !seen.has(table));
    expect(hidden.sort()).toEqual(HIDDEN[role]);
  });

  it('sees the rows of the tenants it named and no others', async () => {
    for (const table of await tenantTables(role)) {
      const seen = await as(role, a, (client) =>
        client.query<{ tenant: string }>(`SELECT DISTINCT tenant_id::text AS tenant FROM ${table}`),
      );
      expect(
        seen.rows.map(({ tenant }) => tenant).filter((tenant) => tenant !== a),
        table,
      ).toEqual([]);
    }
    const both = await as(role, `${a},${b}`, (client) =>
      client.query('SELECT DISTINCT tenant_id FROM audit_record'),
    );
    expect(both.rows).toHaveLength(2);
  });

  it('sees nothing of any tenant when it named none', async () => {
    for (const table of await tenantTables(role)) {
      const { rows } = await as(role, '', (client) => client.query(`SELECT 1 FROM ${table} LIMIT 1`));
      expect(rows, table).toEqual([]);
    }
  });
});

describe('writing', () => {
  /** The SQLSTATE of the refusal: 42501 is insufficient_privilege, row-level security included. */
  const refusal = (role: string, tenants: string, sql: string, values: unknown[] = []) =>
    as(role, tenants, (client) => client.query(sql, values)).then(
      () => 'permitted',
      (error: { code?: string }) => error.code,
    );

  it('refuses another tenant’s rows to the role that may write them', async () => {
    expect(
      await refusal(
        'reeve_ledger',
        a,
        `INSERT INTO subject (tenant_id, type, id, roles) VALUES ($1, 'user', 'x', '{}')`,
        [b],
      ),
    ).toBe('42501');
    expect(
      await refusal(
        'reeve_app',
        a,
        `INSERT INTO policy_draft (tenant_id, member_id, base_revision, edits) VALUES ($1, gen_random_uuid(), 1, '[]')`,
        [b],
      ),
    ).toBe('42501');
    const moved = await as('reeve_ledger', a, (client) =>
      client.query('UPDATE api_key SET revoked_at = now() WHERE tenant_id = $1', [b]),
    );
    expect(moved.rowCount).toBe(0);
    expect(await refusal('reeve_ledger', a, 'UPDATE api_key SET tenant_id = $1', [b])).toBe('42501');
  });

  it.each([
    'tenant',
    'account',
    'membership',
    'recovery_code',
    'api_key',
    'subject',
    'subject_key',
    'resource',
    'langfuse_connection',
    'policy_revision',
    'kill_switch',
    'ledger_head',
    'audit_record',
    'evidence',
    'decision_state',
  ])('refuses the app role to insert into %s', async (table) => {
    expect(await refusal('reeve_app', a, `INSERT INTO ${table} DEFAULT VALUES`)).toBe('42501');
  });

  it('refuses the app role to change what governs', async () => {
    expect(await refusal('reeve_app', a, `UPDATE kill_switch SET mode = 'read_only'`)).toBe('42501');
    expect(await refusal('reeve_app', a, `UPDATE api_key SET revoked_at = NULL`)).toBe('42501');
    expect(await refusal('reeve_app', a, `UPDATE membership SET roles = '{owner}'`)).toBe('42501');
    expect(await refusal('reeve_app', a, `UPDATE account SET password_hash = 'x'`)).toBe('42501');
    expect(await refusal('reeve_app', a, `UPDATE ledger_head SET seq = 0`)).toBe('42501');
    expect(await refusal('reeve_app', a, 'DELETE FROM subject')).toBe('42501');
  });

  it.each(['reeve_app', 'reeve_ledger'])('lets %s neither change nor delete evidence', async (role) => {
    for (const table of ['audit_record', 'evidence', 'policy_revision']) {
      expect(await refusal(role, a, `UPDATE ${table} SET tenant_id = tenant_id`)).toBe('42501');
      expect(await refusal(role, a, `DELETE FROM ${table}`)).toBe('42501');
      expect(await refusal(role, a, `TRUNCATE ${table}`)).toBe('42501');
    }
  });
});
