/** A span that comes again with other content is one span: the rule says which, and what the other one counted is gone. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  call,
  newSpanId,
  newTraceId,
  rollupsOf,
  send,
  spansOf,
  summed,
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

async function sendAll(spans: readonly OtlpSpan[]): Promise<void> {
  for (const [i, span] of spans.entries()) expect((await send(apis[i % 2]!, key, [span])).status).toBe(200);
}

async function forget(): Promise<void> {
  for (const table of ['span', 'trace', 'rollup', 'latency_bin'])
    await world.rows(`DELETE FROM ${table} WHERE tenant_id = $1`, [world.tenantId]);
}

it('the last end wins, whatever comes after it, and the old duration is in no percentile', async () => {
  const [trace, span] = [newTraceId(), newSpanId()];
  const first = call({ trace, span, ms: 5_000, input: 100, output: 0 });
  const second = call({ trace, span, ms: 9_000, input: 100, output: 40 });
  await sendAll([first, second, first]);
  const spans = await spansOf(world);
  expect(spans).toMatchObject([
    { durationNs: 9_000_000_000n, tokens: { inputUncached: 100, outputText: 40 } },
  ]);
  const sums = await rollupsOf(world);
  expect(sums).toEqual(summed(spans));
  expect(Object.keys(sums.rollups)).toHaveLength(2);
  expect(Object.values(sums.bins)).toEqual(['1', '1']);
});

it('a tie is decided alike in either order', async () => {
  const [trace, span] = [newTraceId(), newSpanId()];
  // The log policy leaves out what one of them says beside it, once it is kept.
  const said = { 'gen_ai.input.messages': '[]', zebra: 'striped', aardvark: 'plain' };
  const [one, other] = [call({ trace, span, output: 7, attributes: said }), call({ trace, span, output: 8 })];
  const seen = [];
  for (const order of [
    [one, other],
    [other, one],
    [one, other, one],
  ]) {
    await forget();
    await sendAll(order);
    seen.push({ spans: await spansOf(world), sums: await rollupsOf(world) });
  }
  expect(seen[1]).toEqual(seen[0]);
  expect(seen[2]).toEqual(seen[0]);
});

it('one that moves to another minute and model leaves nothing behind', async () => {
  await forget();
  const [trace, span] = [newTraceId(), newSpanId()];
  await sendAll([
    call({ trace, span, at: 0, ms: 10 }),
    call({ trace, span, at: 3_600_000, ms: 20, attributes: { 'gen_ai.request.model': 'gpt-4.1-mini' } }),
  ]);
  const spans = await spansOf(world);
  expect(spans).toMatchObject([{ model: 'gpt-4.1-mini' }]);
  expect(await rollupsOf(world)).toEqual(summed(spans));
});
