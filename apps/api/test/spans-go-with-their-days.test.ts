/**
 * Spans are kept as long as their tenant keeps them, and days as long as anybody does. What was forgotten is not counted
 * again when it is sent again; sums stay.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { forget } from '../src/telemetry/forget.repository.js';
import { TelemetryDatabase } from '../src/telemetry/telemetry-database.repository.js';
import { call, newTraceId, rollupsOf, send, spansOf } from './support/telemetry.js';
import { createWorld, type Api, type World } from './support/world.js';

const DAY = 86_400_000;
let world: World;
let api: Api;
let key: string;
let neighbour: { tenantId: string; secret: string };
let database: TelemetryDatabase;

beforeAll(async () => {
  world = await createWorld();
  api = await world.api();
  key = (await world.agentKey([], ['telemetry'])).secret;
  neighbour = await world.neighbour();
  await world.rows(`SELECT set_config('app.tenant_ids', $1, false)`, [
    `${world.tenantId},${neighbour.tenantId}`,
  ]);
  await world.rows(`UPDATE api_key SET scopes = '{telemetry}' WHERE tenant_id = $1`, [neighbour.tenantId]);
  database = new TelemetryDatabase(world.config);
});
afterAll(async () => {
  await database.onApplicationShutdown();
  await world.close();
});

const days = async () =>
  (
    await world.rows<{ name: string }>(
      `SELECT relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'span'::regclass`,
    )
  ).length;
const keep = (tenantId: string, telemetryDays: number) =>
  world.rows('UPDATE tenant SET telemetry_days = $2 WHERE id = $1', [tenantId, telemetryDays]);

it('a tenant that keeps less loses its own, a day goes with the last who keeps it, and nothing counts twice', async () => {
  await keep(world.tenantId, 10);
  await keep(neighbour.tenantId, 10);
  await world.rows(`UPDATE tenant SET telemetry_days = 10`);
  const trace = newTraceId();
  const old = [call({ trace, at: -5 * DAY }), call({ trace, at: -5 * DAY + 10 })];
  const late = call({ trace, at: 0 });
  for (const secret of [key, neighbour.secret])
    expect((await send(api, secret, [...old, late])).rejected).toBe(0);
  const sums = await rollupsOf(world);
  const before = await days();

  await keep(world.tenantId, 3);
  await forget(database);
  expect(await spansOf(world)).toEqual([]);
  expect(await spansOf(world, neighbour.tenantId)).toHaveLength(3);
  expect(await rollupsOf(world)).toEqual(sums);
  expect(await days()).toBe(before);

  // Two are too old; the third is young enough, and its trace is gone.
  const again = await send(api, key, [...old, late]);
  expect(again).toMatchObject({ status: 200, rejected: 3 });
  expect(again.text).toContain('too_old');
  expect(again.text).toContain('trace_no_longer_kept');
  expect(await rollupsOf(world)).toEqual(sums);

  await world.rows(`UPDATE tenant SET telemetry_days = 3`);
  await forget(database);
  expect(await days()).toBe(before - 1);
  expect(await spansOf(world, neighbour.tenantId)).toEqual([]);
});
