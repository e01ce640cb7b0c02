/**
 * Promises: the one span of two with the same ids. A span is sent again as a whole, so one of the two stands, never a
 * mixture: the source that knows more of time, then the later end, then the longer, and where all of that is the same
 * the one whose canonical text is greater, a rule that nothing depends on but that there is one. It is the greater of
 * two in a total order: in whatever order, how often and in whatever groups spans come, the same stands.
 */
import { canonical } from './canonical.js';
import { SOURCES, type Span } from './span.js';

export function merge(a: Span, b: Span): Span {
  if (a.traceId !== b.traceId || a.spanId !== b.spanId) throw new RangeError('These are two spans.');
  return compare(a, b) >= 0 ? a : b;
}

function compare(a: Span, b: Span): number {
  return (
    SOURCES.indexOf(b.source) - SOURCES.indexOf(a.source) ||
    order(a.end ?? NEVER, b.end ?? NEVER) ||
    order(b.start, a.start) ||
    order(canonical(a), canonical(b))
  );
}

const NEVER = -1n;
const order = <One extends bigint | string>(a: One, b: One) => (a < b ? -1 : a > b ? 1 : 0);
