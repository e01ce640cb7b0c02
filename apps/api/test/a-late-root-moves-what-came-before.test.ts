/**
 * What stands on a root alone (user, route, segment) counts for the whole trace: where the root comes last, what came
 * before moves out of "unknown", sums unchanged, in whatever order and through whichever process.
 */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  call,
  newTraceId,
  otlpSpan,
  rollupsOf,
  send,
  spansOf,
  summed,
  textOfSums,
  type OtlpSpan,
} from './support/telemetry.js';
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
beforeEach(async () => {
  for (const table of ['span', 'trace', 'rollup', 'latency_bin', 'user_spend'])
    await world.rows(`DELETE FROM ${table} WHERE tenant_id = $1`, [world.tenantId]);
});

const bySegment = async () =>
  Object.fromEntries(
    (
      await world.rows<{ segment: string; route: string; tokens: string }>(
        `SELECT coalesce(s.segment, 'unknown') AS segment, sum(r.input_uncached + r.output_text) AS tokens
         FROM rollup r JOIN series s ON s.tenant_id = r.tenant_id AND s.id = r.series_id
         WHERE r.tenant_id = $1 AND r.grain = 'm' GROUP BY 1 HAVING sum(r.input_uncached + r.output_text) <> 0`,
        [world.tenantId],
      )
    ).map(({ segment, tokens }) => [segment, Number(tokens)]),
  );

function trace(): { root: OtlpSpan; calls: OtlpSpan[] } {
  const id = newTraceId();
  const root = otlpSpan({
    trace: id,
    name: 'run',
    ms: 9_000,
    attributes: {
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.agent.name': 'desk',
      'user.id': 'mia',
      'reeve.segment': 'gold',
      'reeve.route': '/refunds',
    },
  });
  const calls = [0, 1_000, 62_000].map((at) => call({ trace: id, parent: root.spanId, at }));
  return { root, calls };
}

it('moves the tokens of its trace, and their user’s spend', async () => {
  const { root, calls } = trace();
  await send(apis[0]!, key, calls.slice(0, 2));
  expect(await bySegment()).toEqual({ unknown: 240 });
  await send(apis[1]!, key, [root]);
  expect(await bySegment()).toEqual({ gold: 240 });
  await send(apis[0]!, key, calls.slice(2));
  expect(await bySegment()).toEqual({ gold: 360 });
  const spend = await world.rows(`SELECT sum(calls)::int AS calls FROM user_spend WHERE tenant_id = $1`, [
    world.tenantId,
  ]);
  expect(spend).toEqual([{ calls: 3 }]);
  expect(await rollupsOf(world)).toEqual(summed(await spansOf(world)));
});

const ORDERS = [
  [0, 1, 2, 3],
  [1, 2, 3, 0],
  [3, 0, 2, 1],
  [2, 1, 0, 3, 0, 1],
];
it('is the same in any order', async () => {
  const { root, calls } = trace();
  const all = [root, ...calls];
  const seen = new Set<string>();
  for (const order of ORDERS) {
    for (const table of ['span', 'trace', 'rollup', 'latency_bin'])
      await world.rows(`DELETE FROM ${table} WHERE tenant_id = $1`, [world.tenantId]);
    for (const [i, at] of order.entries()) await send(apis[i % 2]!, key, [all[at]!]);
    seen.add(textOfSums(await rollupsOf(world)));
  }
  expect(seen.size).toBe(1);
  expect(await bySegment()).toEqual({ gold: 360 });
});

it('through two processes at once, many traces, the sum stays', async () => {
  const traces = Array.from({ length: 30 }, trace);
  await Promise.all(
    traces.flatMap(({ root, calls }, i) => [
      send(apis[i % 2]!, key, calls),
      send(apis[(i + 1) % 2]!, key, [root]),
    ]),
  );
  expect(await bySegment()).toEqual({ gold: 30 * 360 });
  expect(await rollupsOf(world)).toEqual(summed(await spansOf(world)));
});
