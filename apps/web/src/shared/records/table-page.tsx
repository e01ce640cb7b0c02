/** A page that is a short list: its head, the list or why there is none, and the dialogs that change it. */
import type { ReactNode } from 'react';
import { PageHead } from '../ui/panel.js';
import { ListState, readOf } from './list-state.js';
import { PlainTable, type PlainTableProps } from './plain-table.js';

interface TablePageProps<Row> extends Omit<PlainTableProps<Row>, 'label' | 'rows'> {
  readonly title: string;
  readonly note: (rows: readonly Row[]) => string;
  readonly action: ReactNode;
  readonly list: Parameters<typeof readOf>[0] & { readonly data: readonly Row[] | undefined };
  /** Instead of a table without rows. */
  readonly empty?: ReactNode;
  readonly children: ReactNode;
}

export function TablePage<Row>({
  title,
  note,
  action,
  list,
  empty,
  children,
  ...table
}: TablePageProps<Row>) {
  const { data = [] } = list;
  return (
    <div className="flex flex-col gap-3">
      <PageHead title={title} note={list.data && note(data)} actions={action} />
      <ListState of={readOf(list)} isEmpty={data.length === 0} empty={empty}>
        <div className="overflow-hidden rounded-card border border-line bg-surface">
          <PlainTable {...table} label={title} rows={data} />
        </div>
      </ListState>
      {children}
    </div>
  );
}
