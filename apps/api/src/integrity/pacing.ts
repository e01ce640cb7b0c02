/** The pace: how many records of which ledger are checked in the next minute. */

/** Records that one process checks a second at most: a tenth of a core. */
export const RECORDS_A_SECOND_MAX = 4_000;
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
 * Shares `budget` records among the passes. Each gets what it needs or an equal share of what is left, the smallest
 * need first, so that a long ledger takes nothing from the short ones.
 */
export function shares(passes: readonly Pass[], budget: number): Map<string, number> {
  const needs = passes
    .map(({ tenantId, left, length, urgent }) => ({
      tenantId,
      need: urgent ? left : Math.min(left, Math.max(LEAST, Math.ceil(length / PASS_MINUTES))),
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
