/** The grid's state and what each command does to it. Edits go to the draft; what happened is said in one sentence. */
import {
  ownCells,
  setCells,
  setEffect,
  withCondition,
  type CellEdits,
  type CellName,
  type PolicyDocument,
} from '@reeve/policy';
import { useMemo, useState } from 'react';
import { counted, EFFECT_WORD } from '../../../shared/policy-draft/change-words.js';
import type { PolicyEditor } from '../../../shared/policy-draft/policy-editor.js';
import { parsePattern, patternText, tiled } from './cell-pattern.js';
import type { GridCommand } from './grid-keys.js';
import { explainer, type GridRow } from './grid-model.js';
import {
  extendedTo,
  moved,
  rectangle,
  selectAt,
  selectedCells,
  spanning,
  type Position,
  type Selection,
} from './grid-selection.js';

export interface GridOwner {
  readonly editor: PolicyEditor;
  readonly document: PolicyDocument;
  readonly base: PolicyDocument;
  readonly rows: readonly GridRow[];
  readonly roles: readonly string[];
  /** The cell of the URL. */
  readonly start: Position;
  readonly readOnly: string | null;
  readonly onMenu: () => void;
  readonly onWhy: () => void;
  readonly onReview: () => void;
  readonly onFilter: () => void;
}

export function useGrid(owner: GridOwner) {
  const { editor, document, base, rows, roles, readOnly } = owner;
  const [selection, setSelection] = useState<Selection>(() => selectAt(owner.start));
  const [said, say] = useState('');
  const explain = useMemo(() => explainer(document), [document]);
  const explainBase = useMemo(() => explainer(base), [base]);
  const axes = useMemo(() => ({ rows: rows.map(({ key }) => key), roles }), [rows, roles]);
  const area = rectangle(axes, selection);
  const cells = selectedCells(rows, roles, area);

  const select = (next: Selection) => {
    setSelection(next);
    const { top, bottom, left, right } = rectangle(axes, next);
    if (top === bottom && left === right) say('');
    else say(`${counted(selectedCells(rows, roles, { top, bottom, left, right }).length, 'cell')} selected`);
  };
  const edit = ({ edits, refused }: CellEdits, what: string) => {
    if (readOnly !== null) return say(readOnly);
    editor.edit(edits);
    const no =
      refused.length === 0
        ? ''
        : `${refused.length === 1 ? refused[0]!.tool : counted(refused.length, 'cell')} ${refused.length === 1 ? 'is' : 'are'} human-only: a person executes, so Allow is not possible. Ask is.`;
    say(
      [edits.length > 0 ? `${what} for ${counted(edits.length, 'cell')}.` : '', no].filter(Boolean).join(' '),
    );
  };
  const setAll = (effect: 'allow' | 'approve' | 'deny' | null) =>
    edit(setEffect(document, cells, effect), EFFECT_WORD[effect ?? 'none']);
  const setOne = (cell: CellName, effect: 'allow' | 'approve' | 'deny', when: string) =>
    edit(setCells(document, [{ ...cell, value: withCondition(effect, when) }]), EFFECT_WORD[effect]);

  const toolsIn = (top: number, bottom: number) =>
    rows.slice(top, bottom + 1).flatMap((row) => (row.kind === 'tool' ? [row.tool] : []));
  const copy = async () => {
    const own = ownCells(document);
    const pattern = toolsIn(area.top, area.bottom).map((tool) =>
      roles.slice(area.left, area.right + 1).map((role) => {
        const cell = own({ role, tool });
        return cell === undefined ? null : withCondition(cell.effect, cell.when);
      }),
    );
    await navigator.clipboard.writeText(patternText(pattern));
    say(`Copied ${counted(pattern.length * (pattern[0]?.length ?? 0), 'cell')}`);
  };
  const paste = async () => {
    const pattern = parsePattern(await navigator.clipboard.readText());
    if (pattern === null) return say('The clipboard holds no cells');
    // From the corner on, over tools only: a group's row has no cell of its own.
    const tools = toolsIn(area.top, rows.length - 1);
    const height = toolsIn(area.top, area.bottom).length;
    const values = tiled(pattern, height, area.right - area.left + 1).flatMap((line, row) =>
      line.flatMap((value, column) => {
        const tool = tools[row];
        const role = roles[area.left + column];
        return tool === undefined || role === undefined ? [] : [{ role, tool, value }];
      }),
    );
    edit(setCells(document, values), 'Pasted');
  };

  const run = (command: GridCommand): void => {
    switch (command.kind) {
      case 'move':
        return select(moved(axes, selection, command.move, command.extend));
      case 'span':
        return select(spanning(selection, command.span));
      case 'collapse':
        return select(selectAt(selection.focus));
      case 'effect':
        return setAll(command.effect);
      case 'undo':
      case 'redo':
        editor.dispatch({ kind: command.kind });
        return say(command.kind === 'undo' ? 'Undone' : 'Redone');
      case 'copy':
        return void copy().catch(() => say('The browser does not let the page copy'));
      case 'paste':
        return void paste().catch(() => say('The browser does not let the page paste'));
      case 'menu':
        return owner.onMenu();
      case 'why':
        return owner.onWhy();
      case 'review':
        return owner.onReview();
      case 'filter':
        return owner.onFilter();
    }
  };
  const point = (position: Position, extend: boolean) =>
    select(extend ? extendedTo(selection, position) : selectAt(position));

  const focusRow = rows[Math.max(0, axes.rows.indexOf(selection.focus.row))];
  const focused: CellName | null =
    focusRow?.kind === 'tool' && roles.length > 0
      ? { role: roles[Math.max(0, roles.indexOf(selection.focus.role))]!, tool: focusRow.tool }
      : null;
  return { selection, select, area, cells, said, explain, explainBase, run, point, setAll, setOne, focused };
}
