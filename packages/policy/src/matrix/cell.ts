/** One cell of the matrix: what a role may do with a tool or to resources of a type, when, and which of several is asked first. */
import { z } from 'zod';
import { Expression, Name } from '../contract/fields.js';
import { targetOf, type Place } from './target.js';

/** No cell: no grant. `approve` is what the console calls Ask. */
export const CELL_EFFECTS = ['allow', 'approve', 'deny'] as const;
export type CellEffect = (typeof CELL_EFFECTS)[number];

/** Either a tool or, together, a type of resources and an action on one. */
export const PLACE = { tool: Name.optional(), resourceType: Name.optional(), action: Name.optional() };
export const isPlace = ({ tool, resourceType, action }: Place): boolean =>
  (tool === undefined) === (resourceType !== undefined && action !== undefined) &&
  (resourceType === undefined) === (action === undefined);
export const NO_PLACE = { message: 'name either tool, or resourceType and action' };

export const CELL_VALUE = {
  effect: z.enum(CELL_EFFECTS),
  /** The sentence in the cell: it applies only when this holds. */
  when: Expression.optional(),
};
export const Cell = z.strictObject({ role: Name, ...PLACE, ...CELL_VALUE }).refine(isPlace, NO_PLACE);
export type PolicyCell = z.infer<typeof Cell>;

/** The sentence in a cell, or null: `true` says no more than nothing, so such a cell is asked among those without one. */
export function cellCondition({ when }: Pick<PolicyCell, 'when'>): string | null {
  const condition = when?.trim();
  return condition === undefined || condition === 'true' ? null : condition;
}

/** Never: as if the cell were not there. */
export const isNever = (cell: Pick<PolicyCell, 'when'>): boolean => cellCondition(cell) === 'false';

/** The stronger effect is asked first. */
export const STRENGTH = { approve: 0, allow: 1, deny: 2 } as const satisfies {
  [effect in CellEffect]: number;
};

/**
 * The order in which cells of one tool are asked: the stronger effect first; within an effect one without a condition,
 * then by what the condition says, so that the answer depends neither on the order of typing nor on what roles are
 * called. Cells that say the same answer the same, and then the role is for the record only.
 */
export function inOrderAsked(a: PolicyCell, b: PolicyCell): number {
  const [left, right] = [cellCondition(a), cellCondition(b)];
  return (
    STRENGTH[b.effect] - STRENGTH[a.effect] ||
    Number(left !== null) - Number(right !== null) ||
    inOrder(left ?? '', right ?? '') ||
    inOrder(b.role, a.role)
  );
}

const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A name may hold a slash, so `role/tool` is for people; this is for looking up. */
export const cellKey = (cell: { readonly role: string } & Place): string => `${cell.role}\n${targetOf(cell)}`;
