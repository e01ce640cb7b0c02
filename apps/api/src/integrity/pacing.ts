/**
 * The pace: how many records of which ledger are checked in the next minute, and how fast. Checking yields to whatever
 * else this process does, but for what it takes to look at every record within the hour.
 */

/** Records that one process checks a second at most: a tenth of a core. */
export const RECORDS_A_SECOND_MAX = 4_000;
const RECORDS_A_SECOND_MIN = 250;
/**
 * Even at the least rates a pass takes no longer than this, and following the newest records neither: the hour and the
 * five minutes after which a ledger counts as stale (standing.ts), less some of it for what comes meanwhile.
 */
const WHOLE_S = 2_400;
const NEWEST_S = 150;
/** The share of a pause in which the event loop had something else to do: beyond the one it has work, below the other none. */
const AT_WORK = 0.5;
const AT_REST = 0.25;

const bounded = (rate: number): number =>
  Math.min(RECORDS_A_SECOND_MAX, Math.max(RECORDS_A_SECOND_MIN, Math.ceil(rate)));

/** The least rate at which so many records that nobody has looked at yet are followed. */
export const leastForNewest = (records: number): number => bounded(records / NEWEST_S);

/** The least rate of passes over ledgers of so many records that go on for a minute after every `minutes`. */
export const leastForWhole = (records: number, minutes: number): number =>
  bounded((records * minutes) / WHOLE_S);

/** The rate after a pause in which everything else kept the event loop busy for that share of it. */
export function nextRate(rate: number, busy: number, least: number): number {
  if (busy > AT_WORK) return Math.max(least, rate / 2);
  if (busy < AT_REST) return Math.min(RECORDS_A_SECOND_MAX, Math.max(least, rate * 1.25));
  return Math.max(least, rate);
}

/** A pass over the whole ledger takes half an hour, so that one that is held up still ends within the hour. */
const PASS_MINUTES = 30;
const LEAST = 500;

export interface Pass {
  readonly tenantId: string;
  /** Records from the pass's place to the head. */
  readonly left: number;
  /** Records in all. */
  readonly length: number;
  readonly urgent: boolean;
}

/**
 * Shares `budget` records among the passes, `minutes` after it did so before. Each gets what it needs or an equal share of what is left, the smallest
 * need first, so that a long ledger takes nothing from the short ones.
 */
export function shares(passes: readonly Pass[], budget: number, minutes = 1): Map<string, number> {
  const needs = passes
    .map(({ tenantId, left, length, urgent }) => ({
      tenantId,
      need: urgent ? left : Math.min(left, Math.max(LEAST, Math.ceil((length * minutes) / PASS_MINUTES))),
    }))
    .toSorted((a, b) => a.need - b.need);
  const given = new Map<string, number>();
  let rest = budget;
  for (const [i, { tenantId, need }] of needs.entries()) {
    const share = Math.min(need, Math.floor(rest / (needs.length - i)));
    given.set(tenantId, share);
    rest -= share;
  }
  return given;
}
