/** A span counts once by (tenant, trace, span): whatever is sent again, in whatever order, through whatever process. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  call,
  newTraceId,
  otlpSpan,
  recordedRuns,
  rollupsOf,
  send,
  spansOf,
  summed,
  textOfSums,
  totalsOf,
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
  for (const table of ['span', 'span_content', 'trace', 'rollup', 'latency_bin', 'user_spend'])
    await world.rows(`DELETE FROM ${table} WHERE tenant_id = $1`, [world.tenantId]);
});

/** A different order every time, the same ones in every run. */
const shuffled = <T>(items: readonly T[], seed: number): T[] => {
  const list = [...items];
  let state = seed;
  for (let i = list.length - 1; i > 0; i -= 1) {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
    const j = state % (i + 1);
    [list[i], list[j]] = [list[j]!, list[i]!];
  }
  return list;
};
const chunks = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));

const taken = async (sends: Promise<{ status: number; rejected: number }>[]) => {
  for (const { status, rejected } of await Promise.all(sends)) {
    expect(status).toBe(200);
    expect(rejected).toBe(0);
  }
};

describe('the recorded runs come to their totals', () => {
  const { runs, totals } = recordedRuns();
  const sum = (of: (total: (typeof totals)[number]) => number) => totals.reduce((n, each) => n + of(each), 0);
  const wanted = {
    spans: sum(({ spans }) => spans),
    calls: sum(({ chat_spans }) => chat_spans),
    toolCalls: sum(({ tool_spans }) => tool_spans),
    toolErrors: sum(({ tool_errors }) => tool_errors),
    input: sum(({ input_tokens }) => input_tokens),
    output: sum(({ output_tokens }) => output_tokens),
  };
  const spans = runs.flat();

  const check = async () => {
    for (const grain of ['h', 'm']) {
      const { cost, ...counts } = await totalsOf(world, grain);
      expect(counts).toEqual(wanted);
      expect(cost! / 1e12).toBeCloseTo(
        sum(({ cost_usd }) => cost_usd),
        9,
      );
    }
    const kept = await spansOf(world);
    expect(kept).toHaveLength(876);
    expect(await rollupsOf(world)).toEqual(summed(kept));
  };

  it('sent once', async () => {
    for (const run of runs) await taken([send(apis[0]!, key, run)]);
    await check();
  });

  it('sent twice, shuffled and split', async () => {
    for (const [i, chunk] of chunks(shuffled([...spans, ...spans], 7), 97).entries())
      await taken([send(apis[i % 2]!, key, chunk)]);
    await check();
  });

  it('sent by two processes at once', async () => {
    await taken(
      apis.flatMap((api, i) => chunks(shuffled(spans, 11 + i), 50).map((chunk) => send(api, key, chunk))),
    );
    await check();
  });
});

it('1 to 100, and 51 to 150 to another process when the answer was lost, are 150', async () => {
  const trace = newTraceId();
  const all = Array.from({ length: 150 }, (_, i) => call({ trace, at: i }));
  await taken([send(apis[0]!, key, all.slice(0, 100))]);
  await taken([send(apis[1]!, key, all.slice(50))]);
  expect(await totalsOf(world)).toMatchObject({ spans: 150, calls: 150, input: 15_000 });
});

it('a trace that goes over midnight is in one day', async () => {
  const trace = newTraceId();
  // Noon of yesterday and 13 hours: today.
  const [before, after] = [call({ trace, at: 0 }), call({ trace, at: 13 * 3_600_000 })];
  await taken([send(apis[0]!, key, [after])]);
  await taken([send(apis[1]!, key, [before])]);
  await taken([send(apis[0]!, key, [before, after])]);
  expect(await totalsOf(world)).toMatchObject({ spans: 2 });
  const days = await world.rows(`SELECT DISTINCT day FROM span WHERE tenant_id = $1`, [world.tenantId]);
  expect(days).toHaveLength(1);
});

it('one id in capitals is the same id, and in two traces are two spans', async () => {
  const [a, b] = [newTraceId(), newTraceId()];
  const span = 'b9c7c989f97918e1';
  const sent = [a, a.toUpperCase(), b].map((trace, i) => ({
    ...otlpSpan({ trace, span: i === 1 ? span.toUpperCase() : span }),
  }));
  await taken([send(apis[0]!, key, sent)]);
  expect(await totalsOf(world)).toMatchObject({ spans: 2 });
});

it('after any sequence of sends the rollups are the sum over what is kept', async () => {
  const traces = ['0a'.repeat(16), '0b'.repeat(16), '0c'.repeat(16)];
  const aSpan = fc
    .record({
      trace: fc.constantFrom(...traces),
      span: fc.constantFrom('01', '02', '03', '04', '05').map((id) => id.repeat(8)),
      parent: fc.constantFrom(undefined, '01'.repeat(8)),
      at: fc.integer({ min: 0, max: 7_200_000 }),
      ms: fc.integer({ min: -5, max: 90_000 }),
      failed: fc.boolean(),
      input: fc.integer({ min: 0, max: 5_000 }),
      output: fc.integer({ min: 0, max: 500 }),
      user: fc.constantFrom(undefined, 'mia', 'tom'),
      model: fc.constantFrom('gpt-4.1', 'claude-sonnet-4-5'),
      isCall: fc.boolean(),
    })
    .map(({ user, model, isCall, parent, ...about }): OtlpSpan => {
      const attributes = {
        ...(user === undefined ? {} : { 'user.id': user }),
        'gen_ai.request.model': model,
      };
      const of = { ...about, ...(parent === undefined ? {} : { parent }), attributes };
      return isCall ? call(of) : otlpSpan(of);
    });
  let asserted = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ to: fc.nat(1), spans: fc.array(aSpan, { minLength: 1, maxLength: 8 }) }), {
        minLength: 1,
        maxLength: 6,
      }),
      fc.boolean(),
      async (sends, atOnce) => {
        if (atOnce) await taken(sends.map(({ to, spans }) => send(apis[to]!, key, spans)));
        else for (const { to, spans } of sends) await taken([send(apis[to]!, key, spans)]);
        expect(await rollupsOf(world)).toEqual(summed(await spansOf(world)));
        asserted += 1;
      },
    ),
    { numRuns: 60, seed: 20261126 },
  );
  expect(asserted).toBe(60);
  expect((await spansOf(world)).length).toBe(15);
});

it('the same spans in any order through any process are the same spans and the same rollups', async () => {
  const trace = newTraceId();
  const root = otlpSpan({
    trace,
    span: '01'.repeat(8),
    name: 'run',
    ms: 900,
    attributes: { 'user.id': 'mia' },
  });
  const spans = [
    root,
    ...Array.from({ length: 12 }, (_, i) =>
      call({ trace, span: `1${i.toString(16)}`.repeat(8), parent: root.spanId, at: i * 10, ms: 5 + i }),
    ),
    ...Array.from({ length: 6 }, (_, i) =>
      call({
        trace,
        span: `1${i.toString(16)}`.repeat(8),
        parent: root.spanId,
        at: i * 10,
        ms: 7 + i,
        output: 40,
      }),
    ),
  ];
  const seen = new Set<string>();
  for (const seed of [1, 2, 3, 4]) {
    for (const table of ['span', 'trace', 'rollup', 'latency_bin'])
      await world.rows(`DELETE FROM ${table} WHERE tenant_id = $1`, [world.tenantId]);
    for (const [i, chunk] of chunks(shuffled(spans, seed), 1 + seed).entries())
      await taken([send(apis[i % 2]!, key, chunk)]);
    seen.add(textOfSums(await rollupsOf(world)));
  }
  expect(seen.size).toBe(1);
});
