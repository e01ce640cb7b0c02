/** An exporter's side of the wire, and what has come of what it sent. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { contributions, PRICES, type Contribution, type Span } from '@reeve/telemetry';
import { DIMENSIONS } from '../../src/telemetry/dimensions.js';
import { spanOf } from '../../src/telemetry/span-row.js';
import { SUM_COLUMNS, sumsOf } from '../../src/telemetry/sums.js';
import type { Api, World } from './world.js';

/** A span as OTLP's JSON has it. */
export interface OtlpSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind?: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes?: { key: string; value: Record<string, unknown> }[];
  status?: Record<string, unknown>;
}

const MS = 1_000_000n;
/** Noon of yesterday: within what is kept, whatever the time of day is. */
export const NOON = (BigInt(Math.floor(Date.now() / 86_400_000)) * 86_400_000n - 43_200_000n) * MS;

export const newTraceId = () => randomBytes(16).toString('hex');
export const newSpanId = () => randomBytes(8).toString('hex');

type Plain = string | number | boolean;
export interface About {
  readonly trace?: string;
  readonly span?: string;
  readonly parent?: string;
  readonly name?: string;
  /** Milliseconds after NOON. */
  readonly at?: number;
  readonly ms?: number;
  readonly failed?: boolean;
  readonly attributes?: Readonly<Record<string, Plain>>;
}

const valueOf = (value: Plain) =>
  typeof value === 'string'
    ? { stringValue: value }
    : typeof value === 'boolean'
      ? { boolValue: value }
      : Number.isInteger(value)
        ? { intValue: String(value) }
        : { doubleValue: value };

export const otlpSpan = ({
  trace = newTraceId(),
  span = newSpanId(),
  parent,
  name = 'step',
  at = 0,
  ms = 10,
  failed = false,
  attributes = {},
}: About = {}): OtlpSpan => ({
  traceId: trace,
  spanId: span,
  ...(parent === undefined ? {} : { parentSpanId: parent }),
  name,
  startTimeUnixNano: String(NOON + BigInt(at) * MS),
  endTimeUnixNano: String(NOON + BigInt(at + ms) * MS),
  attributes: Object.entries(attributes).map(([key, value]) => ({ key, value: valueOf(value) })),
  status: failed ? { code: 2 } : {},
});

/** A model call of so many tokens. */
export const call = ({
  attributes,
  ...about
}: About & { input?: number; output?: number } = {}): OtlpSpan => {
  const { input = 100, output = 20 } = about;
  return otlpSpan({
    name: 'chat gpt-4.1',
    ...about,
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-4.1',
      'gen_ai.usage.input_tokens': input,
      'gen_ai.usage.output_tokens': output,
      ...attributes,
    },
  });
};

export const requestOf = (spans: readonly unknown[], resource: Readonly<Record<string, string>> = {}) => ({
  resourceSpans: [
    {
      resource: {
        attributes: Object.entries(resource).map(([key, value]) => ({ key, value: valueOf(value) })),
      },
      scopeSpans: [{ scope: { name: 'test' }, spans }],
    },
  ],
});

export interface Sent {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Named in partial success. */
  readonly rejected: number;
}

export async function post(
  { url }: Pick<Api, 'url'>,
  path: string,
  key: string,
  body: string | Uint8Array,
  headers: Record<string, string> = {},
): Promise<Sent> {
  const answer = await fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}`, ...headers },
    body: typeof body === 'string' ? body : Buffer.from(body),
  });
  const text = await answer.text();
  const { partialSuccess } = (
    answer.headers.get('content-type')?.startsWith('application/json') ? JSON.parse(text) : {}
  ) as { partialSuccess?: { rejectedSpans: string } };
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    rejected: Number(partialSuccess?.rejectedSpans ?? 0),
  };
}

export const send = (api: Pick<Api, 'url'>, key: string, spans: readonly unknown[]): Promise<Sent> =>
  post(api, '/v1/traces', key, JSON.stringify(requestOf(spans)));

/** Sends again what is told to wait, as exporters do. */
export async function sendUntilTaken(
  api: Pick<Api, 'url'>,
  key: string,
  spans: readonly unknown[],
): Promise<Sent> {
  for (;;) {
    const sent = await send(api, key, spans);
    if (sent.status !== 503) return sent;
  }
}

/** Where a tenant's telemetry is looked for. */
export type Kept = Pick<World, 'rows' | 'tenantId'>;

/** Of one tenant, with the dimensions instead of the id; what is zero is not there. */
export interface Summed {
  readonly rollups: Readonly<Record<string, string>>;
  readonly bins: Readonly<Record<string, string>>;
}

export async function rollupsOf({ rows, tenantId }: Kept, tenant = tenantId): Promise<Summed> {
  const series = `concat_ws('|', ${DIMENSIONS.map((name) => `coalesce(s.${name}, '-')`).join(', ')})`;
  const sums = await rows<{ key: string; sums: string }>(
    `SELECT concat_ws(' ', r.grain, r.at, ${series}) AS key, concat_ws(' ', ${SUM_COLUMNS.map((name) => `r.${name}`).join(', ')}) AS sums
     FROM rollup r JOIN series s ON s.tenant_id = r.tenant_id AND s.id = r.series_id WHERE r.tenant_id = $1 AND r.spans <> 0`,
    [tenant],
  );
  const bins = await rows<{ key: string; n: string }>(
    `SELECT concat_ws(' ', b.grain, b.at, b.bin, ${series}) AS key, b.n FROM latency_bin b
     JOIN series s ON s.tenant_id = b.tenant_id AND s.id = b.series_id WHERE b.tenant_id = $1 AND b.n <> 0`,
    [tenant],
  );
  return {
    rollups: Object.fromEntries(sums.map(({ key, sums }) => [key, sums])),
    bins: Object.fromEntries(bins.map(({ key, n }) => [key, n])),
  };
}

/** As one text, in one order. */
export const textOfSums = ({ rollups, bins }: Summed): string =>
  JSON.stringify(
    [rollups, bins].map((sums) => Object.entries(sums).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))),
  );

/** Every span of the tenant, as it is kept. */
export async function spansOf({ rows, tenantId }: Kept, tenant = tenantId): Promise<Span[]> {
  const found = await rows<Record<string, unknown>>(
    `SELECT s.*, c.content FROM span s LEFT JOIN span_content c USING (tenant_id, day, trace_id, span_id) WHERE s.tenant_id = $1`,
    [tenant],
  );
  return found.map(spanOf);
}

/** What the rollups have to be, counted anew from the spans. */
export function summed(spans: readonly Span[]): Summed {
  const rollups = new Map<string, bigint[]>();
  const bins = new Map<string, number>();
  const traces = new Map<string, Span[]>();
  for (const span of spans) traces.set(span.traceId, [...(traces.get(span.traceId) ?? []), span]);
  const all: Contribution[] = [...traces.values()].flatMap((trace) => contributions(trace, PRICES));
  for (const of of all)
    for (const [grain, at] of [
      ['m', of.minute],
      ['h', of.minute - (of.minute % 60)],
    ] as const) {
      const series = DIMENSIONS.map((name) => of.dimensions[name] ?? '-').join('|');
      const key = `${grain} ${at} ${series}`;
      rollups.set(
        key,
        sumsOf(of).map((each, i) => each + (rollups.get(key)?.[i] ?? 0n)),
      );
      if (of.latencyBin === null) continue;
      const bin = `${grain} ${at} ${of.latencyBin} ${series}`;
      bins.set(bin, (bins.get(bin) ?? 0) + 1);
    }
  return {
    rollups: Object.fromEntries([...rollups].map(([key, sums]) => [key, sums.join(' ')])),
    bins: Object.fromEntries([...bins].map(([key, n]) => [key, String(n)])),
  };
}

export interface Total {
  readonly run_id: string;
  readonly trace_id: string;
  readonly spans: number;
  readonly chat_spans: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cost_usd: number;
  readonly tool_spans: number;
  readonly tool_errors: number;
}

const DATA = fileURLToPath(new URL('../../../../packages/telemetry/cases/data/', import.meta.url));

/** The recorded runs, each moved to begin at an hour of the past days, and what they have to come to. */
export function recordedRuns(): { runs: OtlpSpan[][]; totals: Total[] } {
  const lines = gunzipSync(
    readFileSync(new URL('../../../../prisma/seed/tau/spans.jsonl.gz', import.meta.url)),
  )
    .toString()
    .trim()
    .split('\n');
  const runs = lines.map((line, i) => {
    const { payload } = JSON.parse(line) as {
      payload: { resourceSpans: { scopeSpans: { spans: OtlpSpan[] }[] }[] };
    };
    const spans = payload.resourceSpans.flatMap(({ scopeSpans }) =>
      scopeSpans.flatMap((scope) => scope.spans),
    );
    const first = spans.map((span) => BigInt(span.startTimeUnixNano)).reduce((a, b) => (a < b ? a : b));
    const shift = NOON - BigInt(i) * 3_600_000n * MS - first;
    return spans.map((span) => ({
      ...span,
      startTimeUnixNano: String(BigInt(span.startTimeUnixNano) + shift),
      endTimeUnixNano: String(BigInt(span.endTimeUnixNano) + shift),
    }));
  });
  return { runs, totals: JSON.parse(readFileSync(`${DATA}runs-totals.json`, 'utf8')) as Total[] };
}

/** The sums over everything, of the hours; costs in USD. */
export async function totalsOf({ rows, tenantId }: Kept, grain = 'h') {
  const [row] = await rows<Record<string, string>>(
    `SELECT sum(spans) AS spans, sum(calls) AS calls, sum(tool_calls) AS "toolCalls", sum(tool_errors) AS "toolErrors",
       sum(input_uncached + input_cache_read + input_cache_write + input_audio) AS input,
       sum(output_text + output_reasoning + output_audio) AS output, sum(cost_sent) AS cost
     FROM rollup WHERE tenant_id = $1 AND grain = $2`,
    [tenantId, grain],
  );
  return Object.fromEntries(Object.entries(row!).map(([name, value]) => [name, Number(value)]));
}
