/** Edits to cells, many at a time. A human-only tool is never allowed: those cells are refused, the rest is edited. */
import { compositeKey } from '../composite-key.js';
import type { PolicyDocument, PolicyEdit } from '../document/policy-document.js';
import { classOf, placeOf, targetOf } from '../matrix/target.js';
import { mostGiven } from '../tool-class.js';

export type CellValue = Extract<PolicyEdit, { kind: 'cell' }>['value'];
/** `tool` is what targets are called: a tool, or `record:write`. */
export interface CellName {
  readonly role: string;
  readonly tool: string;
}

export interface CellEdits {
  readonly edits: readonly PolicyEdit[];
  readonly refused: readonly CellName[];
}

/** True where Allow is an answer that a cell of this target can have. */
export const mayAllow = (document: PolicyDocument, tool: string): boolean =>
  mostGiven(classOf(document, tool)) === 'allow';

export function setCells(
  document: PolicyDocument,
  values: readonly (CellName & { readonly value: CellValue })[],
): CellEdits {
  const refused = values.filter(({ tool, value }) => value?.effect === 'allow' && !mayAllow(document, tool));
  const kept = values.filter((one) => !refused.includes(one));
  return {
    edits: kept.map(({ role, tool, value }) => ({ kind: 'cell', role, ...placeOf(tool), value })),
    refused: refused.map(({ role, tool }) => ({ role, tool })),
  };
}

/** The same effect everywhere. A cell keeps its condition: a bulk edit loses nothing. */
export function setEffect(
  document: PolicyDocument,
  cells: readonly CellName[],
  effect: 'allow' | 'approve' | 'deny' | null,
): CellEdits {
  const own = ownCells(document);
  return setCells(
    document,
    cells.map((cell) => ({
      ...cell,
      value: effect === null ? null : withCondition(effect, own(cell)?.when),
    })),
  );
}

export const withCondition = (effect: 'allow' | 'approve' | 'deny', when: string | undefined): CellValue =>
  when === undefined || when.trim() === '' ? { effect } : { effect, when: when.trim() };

export function ownCells(document: PolicyDocument) {
  const byKey = new Map(document.cells.map((cell) => [compositeKey(cell.role, targetOf(cell)), cell]));
  return ({ role, tool }: CellName) => byKey.get(compositeKey(role, tool));
}
