/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/click-events-have-key-events -- rows that are not drawn are no table's;
   the grid itself hears the keys */
/**
 * Many rows, few of them drawn. One tab stop: arrows or j/k move, Enter opens, and what moves is said through
 * aria-activedescendant. The browser's find sees drawn rows only, so a list of this kind brings filters of its own.
 */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useMemo, useRef, type KeyboardEvent } from 'react';
import { clsx } from 'clsx';
import type { Column } from './plain-table.js';
import { useShortcuts, type Shortcut } from '../shortcuts.js';

export interface GridColumn<Row> extends Omit<Column<Row>, 'wrap'> {
  /** A track of grid-template-columns. */
  readonly width: string;
}

interface RecordGridProps<Row> {
  readonly label: string;
  readonly columns: readonly GridColumn<Row>[];
  readonly rows: readonly Row[];
  readonly idOf: (row: Row) => string;
  /** All that match, drawn or not. */
  readonly total: number;
  readonly active: string | null;
  readonly onActive: (row: Row) => void;
  readonly onOpen: (row: Row) => void;
  readonly onClose: () => void;
  /** The last rows are in sight. */
  readonly onEnd: () => void;
  readonly busy?: boolean;
}

const ROW = 32;

/** Of all tracks together, in px: below it the grid scrolls, so that no column is cut off. */
const leastWidth = (columns: readonly { readonly width: string }[]): number =>
  columns.reduce((sum, { width }) => sum + Number.parseInt(/\d+/.exec(width)?.[0] ?? '0', 10), 0);

export function RecordGrid<Row>(props: RecordGridProps<Row>) {
  const { label, columns, rows, idOf, total, active, onActive, onOpen, onEnd, busy } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const at = active === null ? -1 : rows.findIndex((row) => idOf(row) === active);
  // oxlint-disable-next-line react/incompatible-library -- its own memory of sizes is the point
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
    scrollPaddingStart: ROW,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (last >= rows.length - 20 && rows.length > 0) onEnd();
  }, [last, rows.length, onEnd]);
  const move = useGridKeys(props, at, (index) => {
    virtual.scrollToIndex(index);
    scroller.current?.focus({ preventScroll: true });
  });
  const minWidth = leastWidth(columns);
  const template = { gridTemplateColumns: columns.map(({ width }) => width).join(' '), minWidth };

  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={total + 1}
      aria-colcount={columns.length}
      aria-busy={busy || undefined}
      aria-activedescendant={at >= 0 ? `row-${active}` : undefined}
      tabIndex={0}
      onKeyDown={(event) => move(event)}
      className="min-h-0 flex-1 overflow-auto rounded-card border border-line bg-surface -outline-offset-2"
    >
      <div
        role="row"
        aria-rowindex={1}
        style={template}
        className="sticky top-0 z-1 grid h-8 items-center border-b border-line bg-sunken text-12 font-medium text-muted"
      >
        {columns.map(({ name, end, actions }) => (
          <div
            key={name}
            role="columnheader"
            className={clsx('truncate px-2 first:pl-3 [&>*]:align-middle', end && 'text-right')}
          >
            {actions ? <span className="sr-only">{name}</span> : name}
          </div>
        ))}
      </div>
      <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize(), minWidth }}>
        {items.map(({ index, start }) => {
          const row = rows[index]!;
          const id = idOf(row);
          return (
            <div
              key={id}
              id={`row-${id}`}
              role="row"
              aria-rowindex={index + 2}
              aria-selected={index === at}
              style={{ ...template, transform: `translateY(${start}px)` }}
              className={clsx(
                'absolute inset-x-0 top-0 grid h-8 items-center border-b border-line text-13 hover:bg-sunken',
                index === at && 'bg-accent-soft shadow-[inset_2px_0_0_var(--accent)] hover:bg-accent-soft',
              )}
              onClick={() => {
                onActive(row);
                onOpen(row);
              }}
            >
              {columns.map(({ name, render, end, actions }) => (
                <div
                  key={name}
                  role="gridcell"
                  className={clsx(
                    'truncate px-2 first:pl-3 [&>*]:align-middle',
                    (end || actions) && 'text-right',
                  )}
                >
                  {render(row)}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** Keys on the grid itself, and j/k/Esc from anywhere on the page; j/k take the focus, so that Enter opens. */
function useGridKeys<Row>(
  { rows, onActive, onOpen, onClose }: RecordGridProps<Row>,
  at: number,
  show: (index: number) => void,
) {
  const latest = useRef({ rows, onActive, onOpen, onClose, at, show });
  useLayoutEffect(() => {
    latest.current = { rows, onActive, onOpen, onClose, at, show };
  });
  const actions = useMemo(() => {
    const to = (index: number) => {
      const { rows, onActive, show } = latest.current;
      const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
      if (row === undefined) return;
      onActive(row);
      show(rows.indexOf(row));
    };
    return {
      to,
      by: (step: number) => to(latest.current.at + step),
      open: () => {
        const { rows, at, onOpen } = latest.current;
        const row = rows[at];
        if (row !== undefined) onOpen(row);
      },
    };
  }, []);
  const shortcuts = useMemo<Shortcut[]>(
    () => [
      { keys: 'j', label: 'Next row', group: 'This page', run: () => actions.by(1) },
      { keys: 'k', label: 'Previous row', group: 'This page', run: () => actions.by(-1) },
      {
        keys: 'Escape',
        label: 'Close what is open',
        group: 'This page',
        run: () => latest.current.onClose(),
      },
    ],
    [actions],
  );
  useShortcuts(shortcuts);
  return (event: KeyboardEvent) => {
    const steps: Record<string, () => void> = {
      ArrowDown: () => actions.by(1),
      ArrowUp: () => actions.by(-1),
      PageDown: () => actions.by(15),
      PageUp: () => actions.by(-15),
      Home: () => actions.to(0),
      End: () => actions.to(Number.MAX_SAFE_INTEGER),
      Enter: actions.open,
    };
    const step = event.target === event.currentTarget ? steps[event.key] : undefined;
    if (step === undefined) return;
    event.preventDefault();
    step();
  };
}
