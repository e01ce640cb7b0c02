/** One row of the grid. It is drawn again only when what it shows has changed. */
import { classWord, TOOL_CLASSES } from '@reeve/policy';
import { clsx } from 'clsx';
import { memo } from 'react';
import { ClassChip } from '../../../shared/ui/class-chip.js';
import { GridCell, GroupCell, shownCell, type ShownCell } from './grid-cell.js';
import { grantedIn, type Explain, type GridRow } from './grid-model.js';

interface LineProps {
  readonly row: GridRow;
  readonly index: number;
  readonly roles: readonly string[];
  readonly explain: Explain;
  readonly explainBase: Explain;
  /** Columns in view, `last` not included; the others are a gap. */
  readonly first: number;
  readonly last: number;
  /** Selected columns, -1 when none. */
  readonly left: number;
  readonly right: number;
  /** The focused column, -1 when the focus is elsewhere. */
  readonly focused: number;
  /** There is no room for words beside the name. */
  readonly compact: boolean;
}

/** A move of the focus reaches two rows, an edit those whose cells it changes. */
export const GridLine = memo(function GridLine(props: LineProps) {
  const { row, roles, explain, explainBase, first, last } = props;
  const shown = roles.slice(first, last);
  if (row.kind === 'group') {
    const granted = shown.map((role) => grantedIn(explain, role, row.tools));
    return <GroupLine {...props} row={row} granted={granted} signature={granted.join()} />;
  }
  const cells = shown.map((role) => {
    const base = explainBase(role, row.tool);
    return shownCell(explain(role, row.tool), base);
  });
  return <ToolLine {...props} row={row} cells={cells} signature={JSON.stringify(cells)} />;
});

type Shown = Pick<
  LineProps,
  'index' | 'first' | 'last' | 'left' | 'right' | 'focused' | 'roles' | 'compact'
> & {
  readonly signature: string;
};

const sameLine = <T extends Shown & { readonly row: GridRow }>(a: T, b: T): boolean =>
  a.signature === b.signature &&
  a.row.key === b.row.key &&
  a.index === b.index &&
  a.first === b.first &&
  a.last === b.last &&
  a.left === b.left &&
  a.right === b.right &&
  a.focused === b.focused &&
  a.roles === b.roles &&
  a.compact === b.compact &&
  (a.row.kind === 'group' || (b.row.kind === 'tool' && a.row.definition === b.row.definition));

/** Each line stacks by itself, so that the browser paints those again that changed and no others. */
const LINE = 'relative z-0 h-8';
const HEAD = 'sticky left-0 z-10 border-r border-b border-line px-2 text-left font-normal';

const ToolLine = memo(function ToolLine({
  row,
  index,
  roles,
  cells,
  first,
  last,
  left,
  right,
  focused,
  compact,
}: Shown & { readonly row: GridRow & { kind: 'tool' }; readonly cells: readonly ShownCell[] }) {
  return (
    <tr aria-rowindex={index + 2} data-row={row.key} className={LINE}>
      <th scope="row" aria-colindex={1} className={clsx(HEAD, 'bg-surface')}>
        <span className="flex items-center gap-2">
          <span
            className="mono min-w-0 flex-1 truncate"
            title={[row.tool, row.definition.description].filter(Boolean).join(': ')}
          >
            {row.tool}
          </span>
          <ClassChip of={row.definition.class} compact={compact} className="shrink-0" />
        </span>
      </th>
      <Gap columns={first} />
      {cells.map((cell, i) => {
        const column = first + i;
        return (
          <GridCell
            key={roles[column]}
            cell={cell}
            role={roles[column]!}
            column={column}
            selected={column >= left && column <= right}
            focused={column === focused}
          />
        );
      })}
      <Gap columns={roles.length - last + 1} />
    </tr>
  );
}, sameLine);

const GroupLine = memo(function GroupLine({
  row,
  index,
  roles,
  granted,
  first,
  last,
  left,
  right,
  focused,
}: Shown & { readonly row: GridRow & { kind: 'group' }; readonly granted: readonly number[] }) {
  const isClass = (TOOL_CLASSES as readonly string[]).includes(row.label);
  const label = isClass ? classWord(row.label) : row.label || 'no server';
  return (
    <tr aria-rowindex={index + 2} data-row={row.key} className={clsx(LINE, 'bg-sunken')}>
      <th scope="row" aria-colindex={1} className={clsx(HEAD, 'bg-sunken')}>
        <span className="font-semibold">{label}</span>{' '}
        <span className="text-12 text-faint">{row.tools.length}</span>
      </th>
      <Gap columns={first} />
      {granted.map((count, i) => {
        const column = first + i;
        return (
          <GroupCell
            key={roles[column]}
            granted={count}
            total={row.tools.length}
            role={roles[column]!}
            column={column}
            selected={column >= left && column <= right}
            focused={column === focused}
          />
        );
      })}
      <Gap columns={roles.length - last + 1} />
    </tr>
  );
}, sameLine);

/** Columns out of view; the one after the last role takes what is left of the width. */
const Gap = ({ columns }: { readonly columns: number }) =>
  columns > 0 ? <td aria-hidden colSpan={columns} className="border-b border-line" /> : null;
