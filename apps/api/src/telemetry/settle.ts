/**
 * One trace with what has come of it: what its spans are now, and what each of them adds to the rollups. The set of spans
 * alone decides, so it is the same in whatever order, however often and through whichever process they came.
 */
import { contributions, merge, redact, type Contribution, type Span } from '@reeve/telemetry';
import type { Applied } from './applied.js';
import { contentOf, rowOf } from './span-row.js';
import type { Terms } from './span-store.js';

/** A span as it is kept, with what of it the rollups hold. */
export interface Kept {
  readonly span: Span;
  readonly applied: Applied;
}

export interface Settled {
  readonly span: Span;
  readonly contribution: Contribution;
  readonly before: Applied | null;
  /** It is not as it is kept. */
  readonly changed: boolean;
}

export function settle(
  kept: readonly Kept[],
  incoming: readonly Span[],
  { prices, logPolicyOf }: Terms,
): Settled[] {
  const stored = new Map(kept.map((each) => [each.span.spanId, each]));
  const spans = new Map(kept.map(({ span }) => [span.spanId, span]));
  const sent = new Set(incoming.map(({ spanId }) => spanId));
  for (const span of incoming) {
    const there = spans.get(span.spanId);
    spans.set(span.spanId, there === undefined ? span : merge(there, span));
  }
  return contributions([...spans.values()], prices).map((contribution) => {
    const { spanId, dimensions } = contribution;
    const span = redact(spans.get(spanId)!, logPolicyOf(dimensions.assistant));
    const was = stored.get(spanId);
    const has = sent.has(spanId) ? differs : leavesOut;
    return {
      span,
      contribution,
      before: was?.applied ?? null,
      changed: was === undefined || has(was.span, span),
    };
  });
}

const differs = (a: Span, b: Span): boolean =>
  a !== b &&
  (JSON.stringify(rowOf(a)) !== JSON.stringify(rowOf(b)) ||
    JSON.stringify(contentOf(a)) !== JSON.stringify(contentOf(b)));

/** One that did not come again can only have lost something, to a log policy: seen at once, as traces may be long. */
const leavesOut = (kept: Span, span: Span): boolean =>
  kept.name !== span.name ||
  (kept.content === null) !== (span.content === null) ||
  Object.keys(kept.attributes).length !== Object.keys(span.attributes).length;
