/** Promises: spans for tests, from what matters in them. */
import type { Value } from '../decode/raw-span.js';
import type { RawSpan } from '../decode/raw-span.js';
import { normalise } from '../normalise/normalise.js';
import type { Span } from '../span.js';

export const TRACE = '4fd0b6131f19f39af59518d127b0cafe';
export const NOON = 1_764_158_400_000_000_000n; // 2025-11-26T12:00:00Z
export const SECOND = 1_000_000_000n;

export interface Sketched {
  readonly id?: string;
  readonly parent?: string | null;
  readonly name?: string;
  readonly start?: bigint;
  readonly end?: bigint;
  readonly scope?: string;
  readonly resource?: Readonly<Record<string, Value>>;
  readonly attributes?: Readonly<Record<string, Value>>;
}

export function rawSpan(sketched: Sketched): RawSpan {
  const start = sketched.start ?? NOON;
  const end = sketched.end ?? start + SECOND;
  return {
    traceId: TRACE,
    spanId: (sketched.id ?? '1').padStart(16, '0'),
    parentSpanId: sketched.parent == null ? null : sketched.parent.padStart(16, '0'),
    name: sketched.name ?? 'span',
    times: { start, end, durationNs: end - start, marks: [] },
    attributes: new Map(Object.entries(sketched.attributes ?? {})),
    events: [],
    failed: false,
    statusMessage: '',
    scope: { name: sketched.scope ?? '', version: '' },
    resource: new Map(Object.entries(sketched.resource ?? {})),
    cut: false,
  };
}

export const span = (sketched: Sketched): Span => normalise(rawSpan(sketched));
