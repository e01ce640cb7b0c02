/** Promises: a span as it was sent: its shape is right, its words are still the sender's. */

/** An OTLP value. Integers beyond 2^53 are bigint; bytes are base64. */
export type Value =
  string | number | bigint | boolean | null | readonly Value[] | { readonly [key: string]: Value };
export type Attributes = { readonly [name: string]: Value };

export interface RawEvent {
  readonly name: string;
  readonly time: bigint;
  readonly attributes: Attributes;
}

export interface RawSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly name: string;
  /** As sent, in nanoseconds; 0 is absent. */
  readonly start: bigint;
  readonly end: bigint;
  readonly attributes: Attributes;
  readonly events: readonly RawEvent[];
  readonly failed: boolean;
  readonly statusMessage: string;
  readonly scope: { readonly name: string; readonly version: string };
  readonly resource: Attributes;
  /** More or longer attributes than are kept. */
  readonly cut: boolean;
}

/** Why a span was not taken: a closed list, for the page that shows it. */
export const REFUSALS = [
  'not_an_object',
  'malformed',
  'trace_id',
  'span_id',
  'no_time_that_can_be',
  'too_many_spans',
] as const;
export type Refusal = (typeof REFUSALS)[number];

export interface Rejected {
  /** As in `resourceSpans[0].scopeSpans[1].spans[4]`. */
  readonly path: string;
  readonly reason: Refusal;
  /** The start of what was sent, to be recognised by: name and ids, no content. */
  readonly sample: string;
}
