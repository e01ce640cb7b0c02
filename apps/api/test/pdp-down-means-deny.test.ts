/** Without the database nothing is decided: 503 with a problem, which a PEP treats as deny; and it recovers by itself. */
import pg from 'pg';
import { inject, afterAll, beforeAll, expect, it } from 'vitest';
import { ask } from './support/agent.js';
import { createWorld, type Api, type World } from './support/world.js';

let world: World;
let api: Api;
let key: string;
let admin: pg.Client;

beforeAll(async () => {
  world = await createWorld();
  key = (await world.agentKey()).secret;
  api = await world.api();
  admin = new pg.Client(inject('postgresUrl'));
  await admin.connect();
});
afterAll(async () => {
  await admin.query(`ALTER DATABASE ${name()} ALLOW_CONNECTIONS true`);
  await admin.end();
  await world.close();
});

const name = () => new URL(world.config.databaseUrl).pathname.slice(1);

it('answers 503 while the database refuses, and decides again when it is back', async () => {
  expect((await ask(api, key)).body.decision).toBe(true);
  await admin.query(`ALTER DATABASE ${name()} ALLOW_CONNECTIONS false`);
  await admin.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1`, [name()]);

  const away = await ask(api, key);
  expect(away.status).toBe(503);
  expect(away.headers.get('content-type')).toContain('application/problem+json');
  expect(away.body).not.toHaveProperty('decision');
  expect((await fetch(`${api.url}/readyz`)).status).toBe(503);

  await admin.query(`ALTER DATABASE ${name()} ALLOW_CONNECTIONS true`);
  await expect.poll(async () => (await ask(api, key)).status, { timeout: 10_000 }).toBe(200);
  expect((await ask(api, key)).body.decision).toBe(true);
});

it('a head that stays locked is refused, not waited for without end', { timeout: 30_000 }, async () => {
  const holder = new pg.Client(world.config.databaseUrl);
  await holder.connect();
  await holder.query('BEGIN');
  await holder.query(`SELECT set_config('app.tenant_ids', $1, true)`, [world.tenantId]);
  await holder.query('SELECT 1 FROM ledger_head WHERE tenant_id = $1 FOR UPDATE', [world.tenantId]);
  try {
    expect((await ask(api, key)).status).toBe(503);
  } finally {
    await holder.query('ROLLBACK');
    await holder.end();
  }
  expect((await ask(api, key)).body.decision).toBe(true);
});
