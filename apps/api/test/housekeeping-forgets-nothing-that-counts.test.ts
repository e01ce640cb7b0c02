/**
 * State is deleted once it has expired by its tenant's own order: no decision is made before the tenant's last record, so
 * none can miss it, whatever the clock of the process that tidies says.
 */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { HousekeepingRepository } from '../src/housekeeping/housekeeping.repository.js';
import { HousekeepingService } from '../src/housekeeping/housekeeping.service.js';
import { Database } from '../src/infra/database.js';
import { createWorld, type World } from './support/world.js';

let world: World;
let database: Database;
let housekeeping: HousekeepingService;

beforeAll(async () => {
  world = await createWorld();
  database = new Database(world.config);
  housekeeping = new HousekeepingService(new HousekeepingRepository(database));
});
afterAll(async () => {
  await database.onApplicationShutdown();
  await world.close();
});

const LAST = '2026-03-01T12:00:00Z';
const AFTER_ALL = new Date('2100-01-01T00:00:00Z');

beforeEach(async () => {
  await world.rows(`DELETE FROM decision_state WHERE tenant_id = $1`, [world.tenantId]);
  await world.rows(`UPDATE ledger_head SET at = $2 WHERE tenant_id = $1`, [world.tenantId, LAST]);
  await world.rows(
    `INSERT INTO decision_state (tenant_id, kind, key, state, expires_at)
     SELECT $1, 'quota', key, '[]', expires_at::timestamptz FROM (VALUES
       ('a_second_ago', '2026-03-01T11:59:59Z'), ('now', '2026-03-01T12:00:00Z'),
       ('in_a_millisecond', '2026-03-01T12:00:00.001Z'), ('never', NULL)) AS r(key, expires_at)`,
    [world.tenantId],
  );
});
const left = async () =>
  (
    await world.rows<{ key: string }>(`SELECT key FROM decision_state WHERE tenant_id = $1 ORDER BY key`, [
      world.tenantId,
    ])
  ).map(({ key }) => key);

it('what has expired by the last record goes, to the very instant, and what never expires stays', async () => {
  await housekeeping.tidy();
  expect(await left()).toEqual(['in_a_millisecond', 'never']);
});

it('a process whose clock is far ahead takes no more', async () => {
  await housekeeping.tidy(AFTER_ALL);
  expect(await left()).toEqual(['in_a_millisecond', 'never']);
});
