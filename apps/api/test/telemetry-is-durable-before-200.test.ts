/** A 200 is given after everything of its request is durable: kill -9 under load loses no span that was answered. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { call, newTraceId, rollupsOf, send, spansOf, summed, type OtlpSpan } from './support/telemetry.js';
import { createWorld, type World } from './support/world.js';

let world: World;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

it('every answered span is kept and counted after kill -9; what was not answered is sent again and counts once', async () => {
  const { secret } = await world.agentKey([], ['telemetry']);
  const api = await world.api();
  const answered: string[] = [];
  const unanswered: OtlpSpan[][] = [];
  const loops = Array.from({ length: 16 }, async () => {
    for (;;) {
      const trace = newTraceId();
      const spans = Array.from({ length: 5 }, () => call({ trace }));
      try {
        const { status } = await send(api, secret, spans);
        if (status === 200) answered.push(...spans.map(({ spanId }) => spanId));
      } catch (error) {
        unanswered.push(spans);
        throw error;
      }
    }
  });
  while (answered.length < 1_000) await new Promise((resolve) => setImmediate(resolve));
  process.kill(api.pid, 'SIGKILL');
  const ends = await Promise.allSettled(loops);
  expect(ends.every(({ status }) => status === 'rejected')).toBe(true);

  const kept = await spansOf(world);
  const ids = new Set(kept.map(({ spanId }) => spanId));
  expect(answered.filter((id) => !ids.has(id))).toEqual([]);
  expect(await rollupsOf(world)).toEqual(summed(kept));

  const next = await world.api();
  for (const spans of unanswered) expect((await send(next, secret, spans)).status).toBe(200);
  const all = await spansOf(world);
  expect(all).toHaveLength(answered.length + unanswered.length * 5);
  expect(await rollupsOf(world)).toEqual(summed(all));
});
