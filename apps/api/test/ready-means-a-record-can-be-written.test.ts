/** /readyz says yes when a decision could be recorded, and no when it could not, whatever else still answers. */
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { ask } from './support/agent.js';
import { ownCluster, type OwnCluster } from './support/own-cluster.js';
import { createWorld, type Api, type World } from './support/world.js';

let cluster: OwnCluster;
let world: World;
let api: Api;
let key: string;

beforeAll(async () => {
  cluster = await ownCluster();
  world = await createWorld(undefined, cluster.database);
  key = (await world.agentKey()).secret;
  api = await world.api();
});
afterAll(async () => {
  await world.close();
  await cluster.remove();
});

const readiness = async () => (await fetch(`${api.url}/readyz`)).status;
const decides = async () => (await ask(api, key)).status;
let undo: () => Promise<void> = () => Promise.resolve();
afterEach(() => undo());
const undone = async () => {
  await undo();
  undo = () => Promise.resolve();
  await expect.poll(readiness, { timeout: 20_000 }).toBe(200);
  await expect.poll(decides, { timeout: 20_000 }).toBe(200);
};

it('no on a database that only reads, as a standby does', async () => {
  const readOnly = async (value: string) => {
    await cluster.sql(`ALTER SYSTEM SET default_transaction_read_only = ${value}`);
    await cluster.sql('SELECT pg_reload_conf()');
  };
  undo = () => readOnly('off');
  await readOnly('on');
  await expect.poll(readiness, { timeout: 20_000 }).toBe(503);
  expect(await decides()).toBe(503);
  expect((await fetch(`${api.url}/healthz`)).status).toBe(200);
  await undone();
});

it('no when no table can grow, as on a full disk', async () => {
  undo = () => cluster.sql('GRANT TEMPORARY ON DATABASE reeve TO PUBLIC, reeve_ledger');
  await cluster.sql('REVOKE TEMPORARY ON DATABASE reeve FROM PUBLIC, reeve_ledger');
  // A new session: the table of the old one is there.
  await cluster.sql(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'reeve-ledger'`,
  );
  await expect.poll(readiness, { timeout: 20_000 }).toBe(503);
  await undone();
});

it('no when the database was written with another key', async () => {
  const key = `(SELECT name FROM key_fingerprint WHERE name = 'vault')`;
  undo = () =>
    cluster.sql(`UPDATE key_fingerprint SET fingerprint = substr(fingerprint, 2) WHERE name = ${key}`);
  await cluster.sql(`UPDATE key_fingerprint SET fingerprint = 'x' || fingerprint WHERE name = ${key}`);
  expect(await readiness()).toBe(503);
  await undone();
});

it('yes while a head is locked: it is in nobody’s way, and nobody in its', async () => {
  const holder = new pg.Client(world.config.databaseUrl);
  await holder.connect();
  undo = () => holder.end();
  await holder.query('BEGIN');
  await holder.query(`SELECT set_config('app.tenant_ids', $1, true)`, [world.tenantId]);
  await holder.query('SELECT 1 FROM ledger_head WHERE tenant_id = $1 FOR UPDATE', [world.tenantId]);
  expect(await readiness()).toBe(200);
  await undone();
});

it('yes to many who ask at once', async () => {
  expect(new Set(await Promise.all(Array.from({ length: 50 }, readiness)))).toEqual(new Set([200]));
});
