/** Many rows, and what lies open of them beside the list or over it: in the URL where it lies beside, so Back closes it. */
import { useState, type ReactNode } from 'react';
import { ago, count } from '../format.js';
import { useNow } from '../use-now.js';
import { Skeleton } from '../ui/states.js';
import { ReadError } from './list-state.js';
import { RecordGrid, type GridColumn } from './record-grid.js';
import type { Records } from './use-records.js';

interface RecordListProps<Row> {
  readonly label: string;
  readonly of: Records<Row>;
  readonly idOf: (row: Row) => string;
  readonly columns: readonly GridColumn<Row>[];
  /** The id of the row that lies open beside the list. */
  readonly peek?: string | undefined;
  /** `replace` while moving from one open row to the next: Back is not to walk them. Undefined: close it. */
  readonly onPeek: (row: Row | undefined, replace: boolean) => void;
  /** Instead of the rows where there are none. */
  readonly empty: ReactNode;
  /** The open row in full. */
  readonly children?: ReactNode;
}

export function RecordList<Row>({
  label,
  of,
  idOf,
  columns,
  peek,
  onPeek,
  empty,
  children,
}: RecordListProps<Row>) {
  const { rows, total, loaded, error, at, busy, more } = of;
  const [active, setActive] = useState<string | null>(null);
  const now = useNow();
  return (
    <>
      <ReadError of={of} />
      <div className="relative flex min-h-0 flex-1 gap-3">
        {rows.length > 0 && (
          <RecordGrid
            label={label}
            columns={columns}
            rows={rows}
            idOf={idOf}
            total={total}
            active={peek ?? active}
            onActive={(row) => {
              setActive(idOf(row));
              if (peek !== undefined) onPeek(row, true);
            }}
            onOpen={(row) => onPeek(row, peek !== undefined)}
            onClose={() => peek !== undefined && onPeek(undefined, false)}
            onEnd={more}
            busy={busy}
          />
        )}
        {rows.length === 0 && !error && (
          <div className="flex-1 rounded-card border border-line bg-surface">
            {loaded ? empty : <Skeleton rows={18} />}
          </div>
        )}
        {children}
      </div>
      {rows.length > 0 && (
        <p className="-mt-1 text-12 text-faint">
          {count(rows.length)} of {count(total)} loaded, read {ago(new Date(at), now)}
          {busy ? ' · loading more…' : ''}
        </p>
      )}
    </>
  );
}
