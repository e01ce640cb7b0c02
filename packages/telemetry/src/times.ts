/** Promises: when a span was and how long it took, or that this is not known. A wrong clock makes no figure wrong. */
import type { Mark } from './span.js';

export interface Times {
  readonly start: bigint;
  readonly end: bigint | null;
  readonly durationNs: bigint | null;
  readonly marks: readonly Mark[];
}

/** The times that can be: from (inclusive), until (exclusive). */
export interface TimeWindow {
  readonly earliest: bigint;
  readonly latest: bigint;
}

/** No step of an agent takes longer; who says so has a wrong clock. */
const LONGEST_NS = 366n * 86_400_000_000_000n;

/** Null where neither time can be, so that the span belongs to no minute. */
export function timesOf(
  startSent: bigint | null,
  endSent: bigint | null,
  { earliest, latest }: TimeWindow,
): Times | null {
  const possible = (time: bigint | null) =>
    time !== null && time >= earliest && time < latest ? time : null;
  const start = possible(startSent);
  const end = possible(endSent);
  if (start !== null && end !== null && end >= start && end - start <= LONGEST_NS) {
    return { start, end, durationNs: end - start, marks: [] };
  }
  if (start !== null) return { start, end, durationNs: null, marks: ['duration_unknown'] };
  if (end !== null)
    return { start: end, end, durationNs: null, marks: ['duration_unknown', 'start_unknown'] };
  return null;
}
