/** Promises: the recorded payloads of `cases/data`, and what they add up to. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const at = (name: string) => new URL(`../../cases/data/${name}`, import.meta.url);

const textOf = (name: string): string => {
  const bytes = readFileSync(at(name));
  return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
};

const linesOf = (name: string): unknown[] =>
  textOf(name)
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));

export interface VendorCase {
  readonly source: string;
  readonly case: string;
  readonly payload: unknown;
}

export const vendorCases = () => linesOf('vendor-spans.jsonl') as VendorCase[];

export const runPayloads = () =>
  (linesOf('../../../../prisma/seed/tau/spans.jsonl.gz') as { readonly payload: unknown }[]).map(
    ({ payload }) => payload,
  );

export interface RunTotals {
  readonly trace_id: string;
  readonly spans: number;
  readonly chat_spans: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cost_usd: number;
  readonly tool_spans: number;
  readonly tool_errors: number;
  readonly user_id: string | null;
}

export const runTotals = () => JSON.parse(textOf('runs-totals.json')) as RunTotals[];

export const langGraphPayload = (): unknown => JSON.parse(textOf('langgraph-langfuse-sdk.otlp.json'));

export interface LangfuseRow {
  readonly id: string;
  readonly traceId: string;
  readonly environment: string;
  readonly _framework?: string;
}

export const frameworkRows = (version: 'v1' | 'v2') =>
  linesOf(`framework-observations-${version}.jsonl.gz`) as LangfuseRow[];

/** The rows of recorded pages of Langfuse's API. */
export const recordedRows = (version: 'v1' | 'v2') =>
  (
    JSON.parse(textOf(`langfuse-${version}-observations-pages.json.gz`)) as {
      readonly body: { readonly data: LangfuseRow[] };
    }[]
  ).flatMap(({ body }) => body.data);
