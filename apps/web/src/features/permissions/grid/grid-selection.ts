/** The selection and its focus: one rectangle of cells, a focused corner and an anchored one. */
import type { GridRow } from './grid-model.js';

export interface Position {
  /** A row's key. */
  readonly row: string;
  readonly role: string;
}

export interface Selection {
  readonly focus: Position;
  readonly anchor: Position;
  /** Whole rows or columns, or all there is, whatever the filter shows later. */
  readonly span: 'range' | 'rows' | 'columns' | 'all';
}

/** The keys in the order in which they are shown. */
export interface Axes {
  readonly rows: readonly string[];
  readonly roles: readonly string[];
}

export interface Rectangle {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export const selectAt = (focus: Position): Selection => ({ focus, anchor: focus, span: 'range' });

export type Move =
  | { readonly by: 'step'; readonly rows: number; readonly columns: number }
  | {
      readonly by: 'edge';
      readonly row: 'first' | 'last' | 'same';
      readonly column: 'first' | 'last' | 'same';
    };

export function moved(axes: Axes, selection: Selection, move: Move, extend: boolean): Selection {
  const { row, role } = indices(axes, selection.focus);
  const to =
    move.by === 'step'
      ? { row: row + move.rows, role: role + move.columns }
      : {
          row: edge(move.row, row, axes.rows.length),
          role: edge(move.column, role, axes.roles.length),
        };
  const focus = at(axes, to.row, to.role);
  return extend ? { focus, anchor: selection.anchor, span: 'range' } : selectAt(focus);
}

export const extendedTo = (selection: Selection, focus: Position): Selection => ({
  focus,
  anchor: selection.anchor,
  span: 'range',
});

export const spanning = (selection: Selection, span: Selection['span']): Selection => ({
  ...selection,
  span,
});

/** The rectangle it has among these rows and columns; what a filter hides is found at the edge. */
export function rectangle(axes: Axes, { focus, anchor, span }: Selection): Rectangle {
  const a = indices(axes, anchor);
  const b = indices(axes, focus);
  const wholeHeight = span === 'columns' || span === 'all';
  const wholeWidth = span === 'rows' || span === 'all';
  return {
    top: wholeHeight ? 0 : Math.min(a.row, b.row),
    bottom: wholeHeight ? axes.rows.length - 1 : Math.max(a.row, b.row),
    left: wholeWidth ? 0 : Math.min(a.role, b.role),
    right: wholeWidth ? axes.roles.length - 1 : Math.max(a.role, b.role),
  };
}

export const within = ({ top, bottom, left, right }: Rectangle, row: number, column: number): boolean =>
  row >= top && row <= bottom && column >= left && column <= right;

/** The cells meant: groups as their tools, each cell once, row by row. */
export function selectedCells(
  rows: readonly GridRow[],
  roles: readonly string[],
  { top, bottom, left, right }: Rectangle,
): { readonly role: string; readonly tool: string }[] {
  const tools = new Set(
    rows.slice(top, bottom + 1).flatMap((row) => (row.kind === 'tool' ? [row.tool] : row.tools)),
  );
  const columns = roles.slice(left, right + 1);
  return [...tools].flatMap((tool) => columns.map((role) => ({ role, tool })));
}

function indices(axes: Axes, { row, role }: Position): { row: number; role: number } {
  return { row: Math.max(0, axes.rows.indexOf(row)), role: Math.max(0, axes.roles.indexOf(role)) };
}

function at({ rows, roles }: Axes, row: number, role: number): Position {
  return {
    row: rows[clamp(row, rows.length)] ?? '',
    role: roles[clamp(role, roles.length)] ?? '',
  };
}

const clamp = (index: number, length: number): number => Math.max(0, Math.min(index, length - 1));

const edge = (which: 'first' | 'last' | 'same', index: number, length: number): number =>
  which === 'same' ? index : which === 'first' ? 0 : length - 1;
