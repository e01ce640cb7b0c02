/** Promises: one span in Reeve's words, whichever of the dialects it was said in. */
import type { Tokens } from './tokens.js';

/** What a span is of, in the words of the GenAI conventions; `node` is a graph's, `chain` a step of none of these. */
export const OPERATIONS = [
  'invoke_agent',
  'invoke_workflow',
  'create_agent',
  'chat',
  'generate_content',
  'text_completion',
  'embeddings',
  'retrieval',
  'execute_tool',
  'guardrail',
  'node',
  'chain',
  'other',
] as const;
export type Operation = (typeof OPERATIONS)[number];

/** The operations that ask a model, and so spend. */
export const MODEL_OPERATIONS: ReadonlySet<Operation> = new Set([
  'chat',
  'generate_content',
  'text_completion',
  'embeddings',
]);

/** Where spans come from. OTLP knows nanoseconds, the others were cut. */
export const SOURCES = ['otlp', 'langsmith', 'langfuse'] as const;
export type Source = (typeof SOURCES)[number];

/** What a reader of the figures should know of a span. */
export const MARKS = [
  'dialect_guessed', // whether the input counts its cached part was told by neither a total nor the sender
  'duration_unknown', // no end, an end before the start, or a year that cannot be
  'start_unknown', // no start that can be; the span stands at its end
  'tokens_refused', // a count that is negative, no number, or beyond any call
  'cost_refused', // a cost that is negative or no number
  'attributes_cut', // more or longer attributes than are kept
] as const;
export type Mark = (typeof MARKS)[number];

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What was said, which a log policy may forbid to keep. Values that are texts of JSON stay texts. */
export interface Content {
  readonly input: Json;
  readonly output: Json;
  /** Whatever else holds what was said, by the sender's name for it. */
  readonly others: { readonly [name: string]: Json };
}

/** What any span of a trace may say of the whole trace. */
export interface TraceWide {
  readonly assistant: string | null;
  readonly version: string | null;
  readonly user: string | null;
  readonly thread: string | null;
  readonly run: string | null;
  readonly route: string | null;
  readonly segment: string | null;
  readonly channel: string | null;
  readonly environment: string | null;
}

export interface Span extends TraceWide {
  /** 32 lower-case hex digits, not all zero. */
  readonly traceId: string;
  /** 16 lower-case hex digits, not all zero; another system's id where that has no such ids. */
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly source: Source;
  readonly name: string;
  /** Nanoseconds since 1970, always of a year that can be: the end, where the start is not (`start_unknown`). */
  readonly start: bigint;
  /** As sent; null when absent or of a year that cannot be. */
  readonly end: bigint | null;
  /** Null is unknown, zero is zero. */
  readonly durationNs: bigint | null;
  readonly operation: Operation;
  readonly agent: string | null;
  readonly node: string | null;
  readonly tool: string | null;
  readonly model: string | null;
  readonly provider: string | null;
  /** Reeve's evaluation that this span is of. */
  readonly evaluationId: string | null;
  readonly error: boolean;
  readonly errorType: string | null;
  /** Null where the span said nothing of tokens. */
  readonly tokens: Tokens | null;
  /** What the sender says it cost, in 1e-12 USD. */
  readonly costSent: bigint | null;
  /** Sent at a batch's price. */
  readonly batch: boolean;
  /** Sorted, none twice. */
  readonly marks: readonly Mark[];
  readonly content: Content | null;
  /** What no field above holds, bounded. Integers beyond 2^53 are texts. */
  readonly attributes: { readonly [name: string]: Json };
}
