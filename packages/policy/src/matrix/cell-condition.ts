/** The sentence in a cell, or null: `true` says no more than nothing, so such a cell is asked among those without one. */
import type { PolicyCell } from '../contract/policy-document.js';

export function cellCondition({ when }: Pick<PolicyCell, 'when'>): string | null {
  const condition = when?.trim();
  return condition === undefined || condition === 'true' ? null : condition;
}

/** Never: as if the cell were not there. */
export const isNever = (cell: Pick<PolicyCell, 'when'>): boolean => cellCondition(cell) === 'false';
