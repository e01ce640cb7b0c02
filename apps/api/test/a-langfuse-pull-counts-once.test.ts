/** A trace that comes by OTLP and from Langfuse counts once, whichever was first, and keeps the times of OTLP. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Span } from '@reeve/telemetry';
import { FakeLangfuse, moved, pairOf, recordedRows } from './support/fake-langfuse.js';
import { Clock, connect, round, startWith, type Connected } from './support/langfuse.js';
import { NOON, recordedRuns, requestOf, rollupsOf, spansOf, summed, totalsOf } from './support/telemetry.js';
import type { TestApp } from './support/app.js';

const { runs, totals } = recordedRuns();
const times = new Map(
  runs
    .flat()
    .map((span) => [
      `${span.traceId}/${span.spanId}`,
      { start: BigInt(span.startTimeUnixNano), end: BigInt(span.endTimeUnixNano) },
    ]),
);
const before = new Date(Number(NOON / 1_000_000n) - 60 * 3_600_000);
const rows = { v2: moved(recordedRows.v2(), times, before), v1: moved(recordedRows.v1(), times, before) };
const ofRuns = { v2: rows.v2.filter((row) => times.has(pairOf(row))), v1: [] };

let reeve: TestApp;
let fake: FakeLangfuse;
let clock: Clock;
const shown = new FakeLangfuse({ v2: [], v1: [] });

beforeAll(async () => {
  fake = await shown.start();
  reeve = await startWith(fake);
});
afterAll(async () => {
  await reeve.close();
  await fake.stop();
});
beforeEach(() => {
  clock = new Clock();
  fake.mode = 'dual';
  fake.scores = [];
  fake.requests.length = 0;
});

async function byOtlp({ tenantId }: Connected): Promise<void> {
  const { bearer } = await reeve.agentKey(tenantId, ['telemetry']);
  for (const run of runs) {
    const { statusCode } = await reeve.inject({
      method: 'POST',
      url: '/v1/traces',
      headers: { authorization: `Bearer ${bearer}` },
      payload: requestOf(run),
    });
    expect(statusCode).toBe(200);
  }
}

async function byLangfuse(tenant: Connected): Promise<void> {
  await tenant.backfill();
  await round(reeve.app, clock);
  expect(await tenant.pull()).toMatchObject({ state: 'done', error: null });
  expect(fake.violations).toEqual([]);
}

const serve = ({ v2, v1 }: typeof rows | typeof ofRuns) => {
  fake.rows.v2.splice(0, Infinity, ...v2);
  fake.rows.v1.splice(0, Infinity, ...v1);
};

describe('the 46 recorded runs', () => {
  const sum = (of: (total: (typeof totals)[number]) => number) => totals.reduce((n, each) => n + of(each), 0);

  const expectTotals = async (tenant: Connected) => {
    const { cost, ...counts } = await totalsOf(tenant);
    expect(counts).toEqual({
      spans: 876,
      calls: sum(({ chat_spans }) => chat_spans),
      toolCalls: sum(({ tool_spans }) => tool_spans),
      toolErrors: sum(({ tool_errors }) => tool_errors),
      input: sum(({ input_tokens }) => input_tokens),
      output: sum(({ output_tokens }) => output_tokens),
    });
    expect(cost! / 1e12).toBeCloseTo(
      sum(({ cost_usd }) => cost_usd),
      9,
    );
    const kept = await spansOf(tenant);
    expect(kept).toHaveLength(876);
    expect(await rollupsOf(tenant)).toEqual(summed(kept));
    for (const { traceId, spanId, durationNs } of kept) {
      const { start, end } = times.get(`${traceId}/${spanId}`)!;
      expect(durationNs).toBe(end - start);
    }
    return kept;
  };
  const sorted = (spans: Span[]) =>
    spans.toSorted((a, b) => (`${a.traceId}/${a.spanId}` < `${b.traceId}/${b.spanId}` ? -1 : 1));

  it('by OTLP and then from Langfuse: the pull changes nothing', async () => {
    serve(ofRuns);
    const tenant = await connect(reeve, 'otlp-first', fake);
    await byOtlp(tenant);
    const sums = await rollupsOf(tenant);
    const spans = sorted(await spansOf(tenant));
    await byLangfuse(tenant);
    expect(await tenant.pull()).toMatchObject({ rows: 876, rejected: 0 });
    await expectTotals(tenant);
    expect(await rollupsOf(tenant)).toEqual(sums);
    expect(sorted(await spansOf(tenant))).toEqual(spans);
  });

  it('from Langfuse and then by OTLP: the same', async () => {
    serve(ofRuns);
    const tenant = await connect(reeve, 'langfuse-first', fake);
    await byLangfuse(tenant);
    const cut = await spansOf(tenant);
    expect(cut).toHaveLength(876);
    // Cut to milliseconds: nearly every duration is another one until OTLP says it.
    const differ = cut.filter(({ traceId, spanId, durationNs }) => {
      const { start, end } = times.get(`${traceId}/${spanId}`)!;
      return durationNs !== end - start;
    });
    expect(differ.length).toBeGreaterThan(800);
    await byOtlp(tenant);
    await expectTotals(tenant);
  });
});

it('931 rows are 925 spans: two of one id in different traces are two', async () => {
  serve(rows);
  const tenant = await connect(reeve, 'all', fake);
  await byLangfuse(tenant);
  expect(fake.pages()).toHaveLength(11); // ten of the backfill and the window's own, which has nothing yet
  expect(await tenant.pull()).toMatchObject({ rows: 931, rejected: 0 });
  const kept = await spansOf(tenant);
  expect(kept).toHaveLength(925);
  expect(new Set(kept.map(({ spanId }) => spanId)).size).toBe(924);
  expect(await rollupsOf(tenant)).toEqual(summed(kept));
  expect(await tenant.connection()).toMatchObject({
    state: 'active',
    error: null,
    generation: 'v2',
    projectName: 'proj1',
    traceUrl: `${fake.url}/project/proj1/traces/{trace}`,
    rows: 931,
  });

  // Again, from the first to the last: nothing is counted twice.
  const sums = await rollupsOf(tenant);
  await byLangfuse(tenant);
  expect(await rollupsOf(tenant)).toEqual(sums);
});

it('what its judges and experiments did is no users’ traffic', async () => {
  serve(rows);
  const tenant = await connect(reeve, 'judges', fake);
  await byLangfuse(tenant);
  const traffic = await tenant.rows<{ traffic: string; spans: number }>(
    `SELECT s.traffic, sum(r.spans)::int AS spans FROM rollup r JOIN series s ON s.tenant_id = r.tenant_id AND s.id = r.series_id
     WHERE r.tenant_id = $1 AND r.grain = 'h' GROUP BY 1`,
    [tenant.tenantId],
  );
  const environments = rows.v2.filter(({ environment }) => environment === 'sdk-experiment');
  expect(environments.length).toBeGreaterThan(0);
  expect(traffic.find((each) => each.traffic === 'evaluation')!.spans).toBeGreaterThanOrEqual(
    environments.length,
  );
});

it('a server of the older generation says users and sessions by its traces', async () => {
  serve(rows);
  fake.mode = 'legacy';
  const tenant = await connect(reeve, 'legacy', fake);
  await byLangfuse(tenant);
  expect(await tenant.connection()).toMatchObject({ generation: 'v1', error: null, rows: 200 });
  const kept = await spansOf(tenant);
  expect(kept).toHaveLength(200);
  const users = kept.filter(({ user }) => user !== null);
  expect(users.length).toBeGreaterThan(100);
  expect(fake.pages().filter(({ path }) => path !== '/api/public/observations')).toEqual([]);
});

it('one whose new generation alone answers is asked by that', async () => {
  serve(ofRuns);
  fake.mode = 'events_only';
  const tenant = await connect(reeve, 'events-only', fake);
  await byLangfuse(tenant);
  expect(await tenant.connection()).toMatchObject({ generation: 'v2', error: null, rows: 876 });
});

it('a score counts once by its id, the later one, in either order; a comment is no 0', async () => {
  serve({ v2: [], v1: [] });
  const at = (text: string) => `2026-11-${text}:00.000Z`;
  const first = {
    id: 's',
    name: 'helpful',
    dataType: 'NUMERIC',
    value: 0.4,
    timestamp: at('25T23:50'),
  } as const;
  const second = { ...first, value: 0.8, timestamp: at('26T00:10') };
  const comment = {
    id: 'c',
    name: 'helpful',
    dataType: 'NUMERIC',
    comment: 'meh',
    timestamp: at('25T10:00'),
  } as const;
  const negative = {
    ...first,
    id: 'n',
    name: 'negative_user_feedback',
    dataType: 'BOOLEAN',
    value: 1,
  } as const;
  for (const [slug, mode, scores] of [
    ['scores-1', 'dual', [first, second, comment, negative]],
    ['scores-2', 'legacy', [negative, comment, second, first]],
  ] as const) {
    fake.mode = mode;
    fake.scores = [...scores];
    const tenant = await connect(reeve, slug, fake);
    await byLangfuse(tenant);
    expect(
      await tenant.rows(
        `SELECT external_id AS id, name, value, comment FROM score WHERE tenant_id = $1 ORDER BY 1`,
        [tenant.tenantId],
      ),
    ).toEqual([
      { id: 'proj1/c', name: 'helpful', value: null, comment: 'meh' },
      { id: 'proj1/n', name: 'negative_user_feedback', value: 1, comment: null },
      { id: 'proj1/s', name: 'helpful', value: 0.8, comment: null },
    ]);
  }
});
