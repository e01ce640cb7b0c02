/* oxlint-disable jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reachable by keys */
/** A short table, drawn whole. */
import type { ReactNode } from 'react';

export interface PlainColumn<Row> {
  readonly name: string;
  readonly cell: (row: Row) => ReactNode;
  /** Its head is for screen readers only: a column of buttons. */
  readonly actions?: boolean;
}

export interface PlainTableProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly idOf: (row: Row) => string;
  readonly columns: readonly PlainColumn<Row>[];
  readonly dim?: (row: Row) => boolean;
}

export function PlainTable<Row>({ label, rows, idOf, columns, dim }: PlainTableProps<Row>) {
  return (
    <section
      className="relative overflow-x-auto rounded-card border border-line bg-surface"
      tabIndex={0}
      aria-label={label}
    >
      <table className="w-full text-13">
        <thead className="bg-sunken text-left text-12 text-muted">
          <tr>
            {columns.map(({ name, actions }) => (
              <th key={name} scope="col" className="h-8 px-2 min-[1100px]:px-3 font-medium whitespace-nowrap">
                {actions ? <span className="sr-only">{name}</span> : name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={idOf(row)}
              className={dim?.(row) ? 'h-10 border-t border-line text-faint' : 'h-10 border-t border-line'}
            >
              {columns.map(({ name, cell, actions }) => (
                <td
                  key={name}
                  className={
                    actions
                      ? 'px-2 min-[1100px]:px-3 text-right whitespace-nowrap'
                      : 'px-2 min-[1100px]:px-3 py-1 whitespace-nowrap'
                  }
                >
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
