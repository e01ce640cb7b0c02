/** The keys of the grid, what each means, and how the help says it. */
import type { Move, Selection } from './grid-selection.js';

export type GridCommand =
  | { readonly kind: 'move'; readonly move: Move; readonly extend: boolean }
  | { readonly kind: 'span'; readonly span: Selection['span'] }
  | { readonly kind: 'effect'; readonly effect: 'allow' | 'approve' | 'deny' | null }
  | { readonly kind: 'menu' | 'why' | 'copy' | 'paste' | 'undo' | 'redo' | 'review' | 'filter' | 'collapse' };

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

const step = (rows: number, columns: number): Move => ({ by: 'step', rows, columns });
const edge = (row: 'first' | 'last' | 'same', column: 'first' | 'last' | 'same'): Move => ({
  by: 'edge',
  row,
  column,
});

const ARROWS: Readonly<Record<string, Move>> = {
  ArrowUp: step(-1, 0),
  ArrowDown: step(1, 0),
  ArrowLeft: step(0, -1),
  ArrowRight: step(0, 1),
  Home: edge('same', 'first'),
  End: edge('same', 'last'),
};
const JUMPS: Readonly<Record<string, Move>> = {
  ArrowUp: edge('first', 'same'),
  ArrowDown: edge('last', 'same'),
  ArrowLeft: edge('same', 'first'),
  ArrowRight: edge('same', 'last'),
  Home: edge('first', 'first'),
  End: edge('last', 'last'),
};
const PLAIN: Readonly<Record<string, GridCommand>> = {
  a: { kind: 'effect', effect: 'allow' },
  r: { kind: 'effect', effect: 'approve' },
  x: { kind: 'effect', effect: 'deny' },
  Backspace: { kind: 'effect', effect: null },
  Delete: { kind: 'effect', effect: null },
  Enter: { kind: 'menu' },
  F2: { kind: 'menu' },
  i: { kind: 'why' },
  '/': { kind: 'filter' },
  Escape: { kind: 'collapse' },
};
const CONTROL: Readonly<Record<string, GridCommand>> = {
  ' ': { kind: 'span', span: 'columns' },
  a: { kind: 'span', span: 'all' },
  c: { kind: 'copy' },
  v: { kind: 'paste' },
  z: { kind: 'undo' },
  y: { kind: 'redo' },
  Enter: { kind: 'review' },
};

/** null: not the grid's business. `page` is how many rows are in view. */
export function gridCommand(press: KeyPress, page: number): GridCommand | null {
  const { shiftKey: extend, altKey } = press;
  const control = press.ctrlKey || press.metaKey;
  if (altKey) return null;
  const move = (control ? JUMPS : ARROWS)[press.key];
  if (move !== undefined) return { kind: 'move', move, extend };
  if (press.key === 'PageUp' || press.key === 'PageDown')
    return { kind: 'move', move: step(press.key === 'PageUp' ? -page : page, 0), extend };
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  if (control && extend) return key === 'z' ? { kind: 'redo' } : null;
  if (control) return CONTROL[key] ?? null;
  if (extend) return key === ' ' ? { kind: 'span', span: 'rows' } : null;
  return PLAIN[key] ?? null;
}

/** For the sheet behind `?`; each of them is a key above. */
export const GRID_HELP = [
  ['a', 'Allow'],
  ['r', 'Ask'],
  ['x', 'Deny'],
  ['Backspace', 'No'],
  ['Enter', 'Menu of the cell'],
  ['i', 'Why'],
  ['Shift+ArrowRight', 'Select more cells'],
  ['Ctrl+ArrowDown', 'To the edge'],
  ['Ctrl+Space', 'Select the column'],
  ['Shift+Space', 'Select the row'],
  ['Ctrl+A', 'Select everything'],
  ['Ctrl+C', 'Copy cells'],
  ['Ctrl+V', 'Paste cells'],
  ['Ctrl+Z', 'Undo'],
  ['Ctrl+Y', 'Redo'],
  ['Escape', 'Back to one cell'],
] as const;
