/** What the panels say is what was sent: percentiles of all of it, spend that adds up, receivers with what they refused. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { graphql } from './support/agent.js';
import { call, newTraceId, NOON, otlpSpan, recordedRuns, send } from './support/telemetry.js';
import { createWorld, type Api, type World } from './support/world.js';

let world: World;
let apis: Api[];
let key: string;
let owner: string;

const { runs, totals } = recordedRuns();
const MS = 1_000_000n;
const iso = (ms: number) => new Date(Number(NOON / MS) + ms).toISOString();
const ALL = { from: iso(-72 * 3_600_000), to: iso(24 * 3_600_000) };

beforeAll(async () => {
  world = await createWorld();
  apis = await Promise.all([world.api(), world.api()]);
  key = (await world.agentKey([], ['telemetry'])).secret;
  owner = await world.managementKey(['owner']);
  for (const [i, run] of runs.entries()) await send(apis[i % 2]!, key, run);
});
afterAll(() => world.close());

const ask = <T>(fields: string, variables: Record<string, unknown> = {}, declared = '') =>
  graphql<T>(
    apis[0]!,
    owner,
    `query ($tenant: String!, $from: DateTime!, $to: DateTime!${declared}) { ${fields} }`,
    { tenant: world.slug, ...ALL, ...variables },
  );
const sum = (of: (total: (typeof totals)[number]) => number) => totals.reduce((n, each) => n + of(each), 0);
const added = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

const SPEND = `calls costUsd unpricedCalls inputUncached inputCacheRead inputCacheWrite outputText outputReasoning`;
interface Spend {
  calls: number;
  costUsd: number;
  unpricedCalls: number;
  inputUncached: number;
  inputCacheRead: number;
  inputCacheWrite: number;
  outputText: number;
  outputReasoning: number;
}
const millionths = (usd: number) => Math.round(usd * 1e6);
const totalsIn = (rows: readonly Spend[]) => ({
  calls: added(rows.map(({ calls }) => calls)),
  input: added(rows.map((row) => row.inputUncached + row.inputCacheRead + row.inputCacheWrite)),
  output: added(rows.map((row) => row.outputText + row.outputReasoning)),
  cost: millionths(added(rows.map(({ costUsd }) => costUsd))),
});
const WANTED = {
  calls: sum(({ chat_spans }) => chat_spans),
  input: sum(({ input_tokens }) => input_tokens),
  output: sum(({ output_tokens }) => output_tokens),
  cost: millionths(sum(({ cost_usd }) => cost_usd)),
};

it('spend comes to the totals by whatever it is split', async () => {
  for (const by of ['route', 'segment', 'model', 'assistant', 'node']) {
    const { spend } = await ask<{ spend: Spend[] }>(
      `spend(tenant: $tenant, by: [${by}, model], from: $from, to: $to) { keys ${SPEND} }`,
    );
    expect(totalsIn(spend)).toEqual(WANTED);
  }
  const { spendOverTime } = await ask<{ spendOverTime: Spend[] }>(
    `spendOverTime(tenant: $tenant, from: $from, to: $to) { at ${SPEND} }`,
  );
  expect(totalsIn(spendOverTime)).toEqual(WANTED);
});

it('tools are timed by nearest rank within 1 %, over every process', async () => {
  const { latency } = await ask<{
    latency: {
      name: string;
      count: number;
      errors: number;
      timed: number;
      p50Ms: number;
      p95Ms: number;
      p99Ms: number;
    }[];
  }>(
    `latency(tenant: $tenant, of: tool, from: $from, to: $to) { name count timed errors p50Ms p95Ms p99Ms }`,
  );
  expect(added(latency.map(({ count }) => count))).toBe(sum(({ tool_spans }) => tool_spans));
  expect(added(latency.map(({ errors }) => errors))).toBe(sum(({ tool_errors }) => tool_errors));
  for (const row of latency) {
    const exact = runs
      .flat()
      .filter(({ name }) => name === `execute_tool ${row.name}`)
      .map((span) => Number(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)) / 1e6)
      .sort((a, b) => a - b);
    expect(exact).toHaveLength(row.timed);
    for (const [q, value] of [
      [0.5, row.p50Ms],
      [0.95, row.p95Ms],
      [0.99, row.p99Ms],
    ] as const) {
      const at = exact.find((_, i) => (i + 1) / exact.length >= q)!;
      expect(Math.abs(value - at)).toBeLessThanOrEqual(at * 0.0101);
    }
  }
});

it('two minutes of very different sizes have one p95, no mean of two', async () => {
  const of = (n: number, ms: number, at: number) =>
    Array.from({ length: n }, () => {
      const trace = newTraceId();
      return otlpSpan({
        trace,
        at,
        ms,
        attributes: { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'both' },
      });
    });
  await send(apis[0]!, key, [...of(90, 120, 0), ...of(10, 3_000, 0)]);
  await send(apis[1]!, key, of(900, 40, 60_000));
  const { latency } = await ask<{
    latency: { count: number; p50Ms: number; p95Ms: number; p99Ms: number }[];
  }>(
    `latency(tenant: $tenant, of: tool, from: $from, to: $to, filter: { tool: "both" }) { count p50Ms p95Ms p99Ms }`,
  );
  expect(latency).toHaveLength(1);
  expect(latency[0]!.count).toBe(1_000);
  for (const [value, exact] of [
    [latency[0]!.p50Ms, 40],
    [latency[0]!.p95Ms, 120],
    [latency[0]!.p99Ms, 120],
  ] as const)
    expect(Math.abs(value - exact)).toBeLessThanOrEqual(exact * 0.0101);
});

it('receivers say when they were sent to last, and what they refused', async () => {
  await send(apis[0]!, key, [call(), { ...call(), spanId: 'no' }]);
  const { receivers } = await ask<{
    receivers: {
      receiver: string;
      lastSeen: string;
      accepted: number;
      rejected: number;
      rejections: { reason: string; count: number; sample: string }[];
    }[];
  }>(`receivers(tenant: $tenant) { receiver lastSeen accepted rejected rejections { reason count sample } }
      spend(tenant: $tenant, by: [model], from: $from, to: $to) { calls }`);
  expect(receivers).toMatchObject([
    { receiver: 'otlp_traces', rejected: 1, rejections: [{ reason: 'span_id', count: 1 }] },
  ]);
  expect(receivers[0]!.accepted).toBe(876 + 1_000 + 1);
  expect(Date.now() - Date.parse(receivers[0]!.lastSeen)).toBeLessThan(10 * 60_000);
});

it('is of a tenant that the actor may see, and of nobody else', async () => {
  const neighbour = await world.neighbour();
  await expect(
    graphql(
      apis[0]!,
      owner,
      `
        query ($tenant: String!) {
          receivers(tenant: $tenant) {
            receiver
          }
        }
      `,
      {
        tenant: neighbour.tenantId,
      },
    ),
  ).rejects.toThrow();
});
