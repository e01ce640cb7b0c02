/** The reasons a cell of the grid shows what it shows, before any condition is asked. */
import type { Matrix } from './answer.js';
import { inOrderAsked, type PolicyCell } from './cell.js';
import { withInherited } from './inheritance.js';
import { classOf, targetOf, type Targets } from './target.js';

export interface CellExplanation {
  /** The cell that speaks for this role: deny before allow before approve; null: no grant. */
  readonly effective: PolicyCell | null;
  /** The role's own cell. */
  readonly own: PolicyCell | null;
  /** True where `effective` comes from another role (`effective.role`). */
  readonly inherited: boolean;
  /** All that could apply, in the order in which they are asked. Some may have a condition. */
  readonly cells: readonly PolicyCell[];
  /** The tool is human_only: what is allowed still waits for a person. */
  readonly humanOnly: boolean;
}

type Known = Matrix & Targets;

export function explainCell(document: Known, role: string, target: string): CellExplanation {
  const roles = withInherited(document.roles, [role]);
  const cells = document.cells
    .filter((cell) => targetOf(cell) === target && roles.includes(cell.role))
    .sort(inOrderAsked);
  const effective = cells[0] ?? null;
  return {
    effective,
    own: cells.find((cell) => cell.role === role) ?? null,
    inherited: effective !== null && effective.role !== role,
    cells,
    humanOnly: classOf(document, target) === 'human_only',
  };
}
