/**
 * However many values somebody puts into a dimension, a tenant has so many of them at most: the rest is "other", the sum
 * is the sum, no key is there twice, and how many were folded is known.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { OTHER, VALUES_MAX } from '../src/telemetry/dimensions.js';
import { call, newTraceId, send, sendUntilTaken, totalsOf } from './support/telemetry.js';
import { createWorld, type Api, type World } from './support/world.js';

let world: World;
let apis: Api[];
let key: string;

beforeAll(async () => {
  world = await createWorld();
  apis = await Promise.all([world.api(), world.api()]);
  key = (await world.agentKey([], ['telemetry'])).secret;
});
afterAll(() => world.close());

const of = (model: string) => call({ attributes: { 'gen_ai.request.model': model }, input: 10, output: 1 });
const models = () =>
  world.rows<{ model: string; calls: string }>(
    `SELECT s.model, sum(r.calls) AS calls FROM rollup r JOIN series s ON s.tenant_id = r.tenant_id AND s.id = r.series_id
     WHERE r.tenant_id = $1 AND r.grain = 'h' GROUP BY 1`,
    [world.tenantId],
  );
const folded = async () =>
  (
    await world.rows<{ n: number }>(
      `SELECT count(*)::int AS n FROM dimension_value WHERE tenant_id = $1 AND dimension = 'model' AND folded`,
      [world.tenantId],
    )
  )[0]!.n;

it('values that two processes find at once are let in up to the bound, and no further', async () => {
  const names = Array.from({ length: VALUES_MAX + 60 }, (_, i) => `model-${i}`);
  const batches = Array.from({ length: 26 }, (_, i) => names.filter((_, at) => at % 26 === i));
  await Promise.all(batches.flatMap((batch) => apis.map((api) => sendUntilTaken(api, key, batch.map(of)))));
  const rows = await models();
  expect(rows).toHaveLength(VALUES_MAX + 1);
  expect(new Set(rows.map(({ model }) => model)).size).toBe(VALUES_MAX + 1);
  expect(Number(rows.find(({ model }) => model === OTHER)!.calls)).toBe(120);
  expect(await folded()).toBe(60);
  expect(await totalsOf(world)).toMatchObject({ calls: 2 * names.length, input: 20 * names.length });
});

it('what is let in stays in, and what is folded stays folded', async () => {
  const rows = await models();
  const inside = rows.map(({ model }) => model).find((model) => model !== OTHER)!;
  const calls = (model: string, list: typeof rows) =>
    Number(list.find((each) => each.model === model)!.calls);
  expect((await send(apis[0]!, key, [of(inside), of('model-new'), of('model-new')])).status).toBe(200);
  const after = await models();
  expect(calls(inside, after)).toBe(calls(inside, rows) + 1);
  expect(calls(OTHER, after)).toBe(calls(OTHER, rows) + 2);
  expect(await folded()).toBe(61);
});

it('a folded span that changes is taken back from where it was', async () => {
  const trace = newTraceId();
  const span = '12'.repeat(8);
  const before = await models();
  for (const ms of [10, 20, 30])
    await send(apis[ms % 20 === 0 ? 0 : 1]!, key, [
      call({ trace, span, ms, attributes: { 'gen_ai.request.model': `model-late-${ms}` } }),
    ]);
  const [was, is] = [before, await models()].map((rows) =>
    Number(rows.find(({ model }) => model === OTHER)!.calls),
  );
  expect(is).toBe(was! + 1);
});
