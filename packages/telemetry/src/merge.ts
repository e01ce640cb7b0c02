/**
 * Promises: the one span of two with the same ids. A span is sent again as a whole, so one of the two stands, never a
 * mixture: the source that knows more of time, then the later end, then the longer, and where all of that is the same
 * the one whose canonical text is greater, a rule that nothing depends on but that there is one. It is the greater of
 * two in a total order: in whatever order, how often and in whatever groups spans come, the same stands. Texts are
 * compared as each log policy leaves them, the strictest first, so that what was redacted when it was stored stands
 * against what comes as it would have stood before.
 */
import { canonical } from './canonical.js';
import { LOG_POLICIES, redact } from './redact.js';
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
    orderOfTexts(a, b)
  );
}

function orderOfTexts(a: Span, b: Span): number {
  for (const policy of STRICTEST_FIRST) {
    const found = order(canonical(redact(a, policy)), canonical(redact(b, policy)));
    if (found !== 0) return found;
  }
  return 0;
}

const STRICTEST_FIRST = LOG_POLICIES.toReversed();

const NEVER = -1n;
const order = <One extends bigint | string>(a: One, b: One) => (a < b ? -1 : a > b ? 1 : 0);
