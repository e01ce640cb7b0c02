/**
 * The grid: tools down, roles across (ARIA grid, one tab stop, only what is in view).
 * It draws and reports; what a key does is decided by its owner.
 */
import { targetsOf, type PolicyDocument } from '@reeve/policy';
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import {
  Fragment,
  useCallback,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
} from 'react';
import { gridCommand, type GridCommand } from './grid-keys.js';
import { GridLine } from './grid-line.js';
import type { Explain, GridRow } from './grid-model.js';
import { cellWidths, headWidth } from './grid-widths.js';
import type { Position, Rectangle, Selection } from './grid-selection.js';
import { useColumnsInView } from './use-columns-in-view.js';

const ROW_PX = 32;

export interface GridProps {
  readonly rows: readonly GridRow[];
  readonly roles: readonly string[];
  readonly document: PolicyDocument;
  readonly explain: Explain;
  readonly explainBase: Explain;
  readonly selection: Selection;
  readonly area: Rectangle;
  readonly readOnly: boolean;
  readonly onCommand: (command: GridCommand) => void;
  readonly onPoint: (position: Position, extend: boolean) => void;
  readonly onMenu: () => void;
}

export function PermissionGrid(props: GridProps) {
  const { rows, roles, document, selection, area, onCommand, onPoint } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const dragging = useRef(false);
  const hadFocus = useRef(false);
  const focusedRow = Math.max(
    0,
    rows.findIndex(({ key }) => key === selection.focus.row),
  );
  const focusedColumn = Math.max(0, roles.indexOf(selection.focus.role));

  // The focused row stays mounted, wherever the others have been scrolled to.
  const rangeExtractor = useCallback(
    (range: Range) => [...new Set([...defaultRangeExtractor(range), focusedRow])].sort((a, b) => a - b),
    [focusedRow],
  );
  // oxlint-disable-next-line react/incompatible-library -- it changes under an unchanged reference; nothing here is memoised by it
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 4,
    rangeExtractor,
  });
  const [gridPx, setGridPx] = useState(Infinity);
  useLayoutEffect(() => {
    const watched = new ResizeObserver(([entry]) => entry && setGridPx(entry.contentRect.width));
    watched.observe(scroller.current!);
    return () => watched.disconnect();
  }, []);
  const { px: headPx, compact } = headWidth(targetsOf(document), gridPx);
  const cellsPx = useMemo(() => cellWidths(roles), [roles]);
  const across = useVirtualizer({
    horizontal: true,
    count: roles.length,
    getScrollElement: () => scroller.current,
    estimateSize: (column) => cellsPx[column]!,
    paddingStart: headPx,
    overscan: 0,
  });
  useLayoutEffect(() => across.measure(), [across, cellsPx]);
  const { first, last } = useColumnsInView(across, focusedColumn, roles.length);

  useLayoutEffect(() => {
    const cell = scroller.current?.querySelector<HTMLElement>('[data-focused]');
    if (!hadFocus.current || cell == null) return;
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [selection.focus]);

  const press = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / ROW_PX) - 2);
    const command = gridCommand(event, page);
    if (command === null || (event.target as Element).closest('td[data-role]') === null) return;
    event.preventDefault();
    event.stopPropagation();
    onCommand(command);
  };
  const point = (event: MouseEvent, extend: boolean) => {
    const cell = (event.target as Element).closest<HTMLElement>('td[data-role]');
    const row = cell?.closest('tr')?.dataset['row'];
    const role = cell?.dataset['role'];
    if (row === undefined || role === undefined) return false;
    hadFocus.current = true;
    onPoint({ row, role }, extend);
    return true;
  };

  return (
    <div
      ref={scroller}
      className="relative max-h-full min-w-0 flex-1 self-start overflow-auto rounded-card border border-line bg-surface"
      onFocus={() => (hadFocus.current = true)}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) hadFocus.current = false;
      }}
    >
      <table
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- the ARIA grid pattern
        role="grid"
        aria-label="Permissions: tools by role"
        aria-multiselectable
        aria-readonly={props.readOnly}
        aria-rowcount={rows.length + 1}
        aria-colcount={roles.length + 1}
        className="w-full table-fixed border-separate border-spacing-0"
        style={
          {
            minWidth: cellsPx.reduce((sum, px) => sum + px, headPx),
            '--grid-head': `${headPx}px`,
          } as CSSProperties
        }
        onKeyDown={press}
        onMouseDown={(event) => {
          if (event.button === 0) dragging.current = point(event, event.shiftKey);
        }}
        onMouseMove={(event) => {
          if (dragging.current && event.buttons === 1) point(event, true);
        }}
        onMouseUp={() => (dragging.current = false)}
        onDoubleClick={props.onMenu}
        onContextMenu={(event) => {
          event.preventDefault();
          if (point(event, false)) props.onMenu();
        }}
      >
        <colgroup>
          <col style={{ width: headPx }} />
          {roles.map((role, column) => (
            <col key={role} style={{ width: cellsPx[column] }} />
          ))}
          <col />
        </colgroup>
        <thead>
          <tr aria-rowindex={1} className="relative z-10 h-9">
            <th scope="col" aria-colindex={1} className={`${HEADER} left-0 z-20 border-r text-left`}>
              Tool
            </th>
            {roles.map((role, column) => (
              <th
                key={role}
                scope="col"
                aria-colindex={column + 2}
                title={headerTitle(document, role)}
                className={`${HEADER} z-10 truncate text-center ${column === focusedColumn ? 'text-accent' : ''}`}
              >
                {role}
              </th>
            ))}
            <th aria-hidden className={`${HEADER} z-10`} />
          </tr>
        </thead>
        <tbody>
          {virtual.getVirtualItems().map((item, i, items) => {
            const gap = item.start - (items[i - 1]?.end ?? 0);
            const inside = item.index >= area.top && item.index <= area.bottom;
            return (
              <Fragment key={rows[item.index]!.key}>
                {gap > 0 && <Spacer height={gap} />}
                <GridLine
                  row={rows[item.index]!}
                  index={item.index}
                  roles={roles}
                  first={first}
                  last={last}
                  explain={props.explain}
                  explainBase={props.explainBase}
                  left={inside ? area.left : -1}
                  right={inside ? area.right : -2}
                  focused={item.index === focusedRow ? focusedColumn : -1}
                  compact={compact}
                />
              </Fragment>
            );
          })}
          <Spacer height={virtual.getTotalSize() - (virtual.getVirtualItems().at(-1)?.end ?? 0)} />
        </tbody>
      </table>
    </div>
  );
}

const HEADER = 'sticky top-0 border-b border-line bg-sunken px-2 text-12 font-semibold';

const Spacer = ({ height }: { readonly height: number }) =>
  height > 0 ? <tr aria-hidden style={{ height }} /> : null;

function headerTitle({ roles }: PolicyDocument, role: string): string {
  const { title = '', inherits = [] } = roles[role] ?? {};
  return [title || role, inherits.length > 0 ? `inherits ${inherits.join(', ')}` : '']
    .filter(Boolean)
    .join(' · ');
}
