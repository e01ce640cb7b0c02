/** A comment may say who somebody is: scores go with the person, and with the days that the tenant keeps. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import pg from 'pg';
import { HousekeepingRepository } from '../src/housekeeping/housekeeping.repository.js';
import { HousekeepingService } from '../src/housekeeping/housekeeping.service.js';
import { Database } from '../src/infra/database.js';
import { Scores } from '../src/scores/scores.service.js';
import type { NewScore } from '../src/scores/score.js';
import { call, newTraceId, requestOf } from './support/telemetry.js';
import { startApp, type TestApp } from './support/app.js';

let reeve: TestApp;
let tenantId: string;
let owner: pg.Client;

beforeAll(async () => {
  reeve = await startApp();
  tenantId = await reeve.addTenant('alpha');
  owner = new pg.Client(reeve.database.url);
  await owner.connect();
  await owner.query(`SELECT set_config('app.tenant_ids', $1, false)`, [tenantId]);
});
afterAll(async () => {
  await owner.end();
  await reeve.close();
});

const score = (id: string, more: Partial<NewScore> = {}): NewScore => ({
  source: 'feedback',
  externalId: id,
  name: 'helpful',
  value: 1,
  text: null,
  comment: 'this is Mia, call me',
  traceId: null,
  spanId: null,
  thread: null,
  at: new Date(),
  updatedAt: new Date(),
  ...more,
});
const ids = async () =>
  (await owner.query<{ id: string }>('SELECT external_id AS id FROM score ORDER BY 1')).rows.map(
    ({ id }) => id,
  );

it('of whoever is erased, by trace and by thread, and of nobody else', async () => {
  const { bearer } = await reeve.agentKey(tenantId, ['telemetry']);
  const [mias, ninas] = [newTraceId(), newTraceId()];
  const sent = await reeve.inject({
    method: 'POST',
    url: '/v1/traces',
    headers: { authorization: `Bearer ${bearer}` },
    payload: requestOf([
      call({ trace: mias, attributes: { 'user.id': 'mia', 'session.id': 'mias-thread' } }),
      call({ trace: ninas, attributes: { 'user.id': 'nina', 'session.id': 'ninas-thread' } }),
    ]),
  });
  expect(sent.statusCode).toBe(200);
  await reeve.app
    .get(Scores)
    .put(tenantId, [
      score('mia-1', { traceId: mias }),
      score('mia-2', { thread: 'mias-thread' }),
      score('nina-1', { traceId: ninas }),
      score('nobody'),
    ]);
  await owner.query(
    `INSERT INTO subject_key (tenant_id, type, id, ref, wrapped_key) VALUES ($1, 'user', 'mia', gen_random_uuid(), '\\x00')`,
    [tenantId],
  );
  await owner.query(`DELETE FROM subject_key WHERE id = 'mia'`);
  expect(await ids()).toEqual(['nina-1', 'nobody']);
});

it('of days that are over', async () => {
  const old = new Date(Date.now() - 31 * 86_400_000);
  await reeve.app.get(Scores).put(tenantId, [score('old', { at: old, updatedAt: old })]);
  expect(await ids()).toContain('old');
  await new HousekeepingService(new HousekeepingRepository(reeve.app.get(Database))).tidy();
  expect(await ids()).toEqual(['nina-1', 'nobody']);
});

it('the later one of an id counts, in whatever order and batch they come', async () => {
  const at = (minute: number) => new Date(Date.now() - minute * 60_000);
  const [early, late] = [
    score('x', { value: 0.4, updatedAt: at(20) }),
    score('x', { value: 0.8, updatedAt: at(5) }),
  ];
  for (const batches of [[[early, late]], [[late, early]], [[early], [late]], [[late], [early]]]) {
    await owner.query(`DELETE FROM score WHERE external_id = 'x'`);
    for (const batch of batches) await reeve.app.get(Scores).put(tenantId, batch);
    const { rows } = await owner.query<{ value: number }>(`SELECT value FROM score WHERE external_id = 'x'`);
    expect(rows).toEqual([{ value: 0.8 }]);
  }
});
