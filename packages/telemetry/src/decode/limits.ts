/** Promises: what one request and one span may hold. What is beyond it is cut or refused, and said so. */
export interface Limits {
  /** Spans in one request. */
  readonly spans: number;
  /** Of one span, and of one resource. */
  readonly attributes: number;
  readonly events: number;
  /** Characters of one text. */
  readonly text: number;
  /** Lists and maps within each other. */
  readonly depth: number;
  /** Values in one attribute, however they are nested. */
  readonly values: number;
  /** Times that can be, in nanoseconds since 1970: from (inclusive), until (exclusive). */
  readonly earliest: bigint;
  readonly latest: bigint;
  /** Refusals that are listed; all are counted. */
  readonly listed: number;
}

export const LIMITS: Limits = {
  spans: 20_000,
  attributes: 512,
  events: 128,
  text: 131_072,
  depth: 16,
  values: 4_096,
  earliest: 946_684_800_000_000_000n, // 2000
  latest: 4_102_444_800_000_000_000n, // 2100
  listed: 100,
};
