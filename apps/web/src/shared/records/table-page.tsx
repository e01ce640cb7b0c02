/** A page that is a short list: its head, the list or why there is none, and the dialogs that change it. */
import type { ReactNode } from 'react';
import { PageHead } from '../ui/panel.js';
import { ErrorCard, Skeleton } from '../ui/states.js';
import { PlainTable, type PlainTableProps } from './plain-table.js';

interface TablePageProps<Row> extends Omit<PlainTableProps<Row>, 'label' | 'rows'> {
  readonly title: string;
  readonly note: (rows: readonly Row[]) => string;
  readonly action: ReactNode;
  readonly list: {
    readonly data: readonly Row[] | undefined;
    readonly error: Error | null;
    readonly dataUpdatedAt: number;
    readonly refetch: () => Promise<unknown>;
  };
  /** Instead of a table without rows. */
  readonly empty?: ReactNode;
  readonly children: ReactNode;
}

export function TablePage<Row>({
  title,
  note,
  action,
  list: { data, error, dataUpdatedAt, refetch },
  empty,
  children,
  ...table
}: TablePageProps<Row>) {
  return (
    <div className="flex flex-col gap-3">
      <PageHead title={title} note={data && note(data)} actions={action} />
      {error && <ErrorCard error={error} onRetry={() => void refetch()} asOf={data && dataUpdatedAt} />}
      {!data && !error && <Skeleton />}
      {data && (data.length === 0 ? empty : <PlainTable {...table} label={title} rows={data} />)}
      {children}
    </div>
  );
}
