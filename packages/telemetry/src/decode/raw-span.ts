/** Promises: a span as it was sent: its shape is right, its words are still the sender's. */
import type { Times } from '../times.js';

/** An OTLP value. Integers beyond 2^53 and what JSON has no number for are texts; bytes are base64. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

/** A map, because a sender names the keys. */
export type Attributes = ReadonlyMap<string, Value>;

export interface RawEvent {
  readonly name: string;
  readonly attributes: Attributes;
}

export interface RawSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly name: string;
  readonly times: Times;
  readonly attributes: Attributes;
  readonly events: readonly RawEvent[];
  readonly failed: boolean;
  readonly statusMessage: string;
  readonly scope: { readonly name: string; readonly version: string };
  readonly resource: Attributes;
  /** More, longer or deeper attributes than are kept, or some that could not be read. */
  readonly cut: boolean;
}
