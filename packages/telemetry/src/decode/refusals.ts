/** Promises: what was not taken is counted, and the first of it listed with its place, reason and a sample. */
import type { Limits } from './limits.js';

/** Why a span was not taken: a closed list, for the page that shows it. */
export const REFUSALS = [
  'malformed',
  'trace_id',
  'span_id',
  'parent_span_id',
  'no_time_that_can_be',
  'too_many_spans',
] as const;
export type Refusal = (typeof REFUSALS)[number];

export interface Rejected {
  /** As in `resourceSpans[0].scopeSpans[1].spans[4]`. */
  readonly path: string;
  readonly reason: Refusal;
  /** Its name, to be recognised by; nothing of what was said. */
  readonly sample: string;
}

/** One item is not taken; those beside it are. */
export class RefusedError extends Error {
  constructor(
    readonly reason: Refusal,
    readonly sample = '',
  ) {
    super(reason);
  }
}

/** Nothing of the body can be read. */
export class UndecodableError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UndecodableError';
  }
}

/** Takes what can be read, item by item: one that cannot never costs its neighbours. */
export class Intake<Item> {
  readonly items: Item[] = [];
  readonly rejected: Rejected[] = [];
  rejectedCount = 0;

  constructor(private readonly limits: Limits) {}

  take(path: () => string, read: () => Item): void {
    try {
      if (this.items.length >= this.limits.spans) throw new RefusedError('too_many_spans');
      this.items.push(read());
    } catch (error) {
      this.refuse(path(), error);
    }
  }

  private refuse(path: string, error: unknown): void {
    this.rejectedCount += 1;
    if (this.rejected.length >= this.limits.listed) return;
    const { reason, sample } = error instanceof RefusedError ? error : new RefusedError('malformed');
    this.rejected.push({ path, reason, sample: sample.slice(0, 120) });
  }
}
