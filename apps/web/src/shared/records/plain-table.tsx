/** A table that is drawn whole; what does not fit is reached sideways. */
import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { Sideways } from '../ui/sideways.js';

export interface Column<Row> {
  readonly name: string;
  readonly render: (row: Row) => ReactNode;
  /** Numbers: at the end. */
  readonly end?: boolean;
  /** Buttons: at the end, and the head is for screen readers only. */
  readonly actions?: boolean;
  /** Lists and sentences break; everything else is one line. */
  readonly wrap?: boolean;
}

export interface PlainTableProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly idOf: (row: Row) => string;
  readonly columns: readonly Column<Row>[];
  readonly dim?: (row: Row) => boolean;
  readonly chosen?: (row: Row) => boolean;
}

export function PlainTable<Row>({ label, rows, idOf, columns, dim, chosen }: PlainTableProps<Row>) {
  return (
    <Sideways label={`${label}, every column`}>
      <table className="w-full text-13" aria-label={label}>
        <thead className="bg-sunken text-left text-12 text-muted">
          <tr>
            {columns.map(({ name, actions, end }) => (
              <th
                key={name}
                scope="col"
                className={clsx(CELL, 'h-8 font-medium whitespace-nowrap', end && 'text-right')}
              >
                {actions ? <span className="sr-only">{name}</span> : name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={idOf(row)}
              className={clsx(
                'h-9 border-t border-line',
                dim?.(row) && 'text-faint',
                chosen?.(row) && 'bg-accent-soft',
              )}
            >
              {columns.map(({ name, render, actions, end, wrap }) => (
                <td
                  key={name}
                  className={clsx(
                    CELL,
                    'py-1',
                    (actions || end) && 'text-right',
                    wrap ? 'min-w-40 break-words' : 'whitespace-nowrap',
                  )}
                >
                  {render(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Sideways>
  );
}

const CELL = 'px-2 min-[1100px]:px-3';
