/**
 * The things of one kind that have names, as the draft has them: listed, found, marked where they differ from what is
 * published, opened by an address, added. A kind says in a file of its own what its columns and its fields are.
 */
import { entriesOf, type NamedKind, type Values } from '@reeve/policy';
import { Pencil, Plus } from 'lucide-react';
import { Fragment, Suspense, type ReactNode } from 'react';
import { PlainTable, type Column } from '../records/plain-table.js';
import { Button } from '../ui/button.js';
import { Panel } from '../ui/panel.js';
import { Empty } from '../ui/states.js';
import type { Editing, EditorProps, NamedRow, Opening } from './editing.js';
import { FilterInput } from './filter-input.js';

/** The one that lies open, and what is looked for, as the page's URL has them. */
export interface ListProps extends Opening {
  readonly filter?: { readonly value: string | undefined; readonly onChange: (value: string) => void };
}
/** A new one; nothing can be called so. */
export const NEW = '+';

export interface NamedColumn<K extends NamedKind> extends Column<NamedRow<K>> {
  /** Left out where one lies open beside the list. */
  readonly wide?: boolean;
}

interface NamedListProps<K extends NamedKind> extends ListProps {
  readonly kind: K;
  /** A thing of the kind, and all of them, in words. */
  readonly one: string;
  readonly title: string;
  readonly note: string;
  /** What they are for, where there is none yet. */
  readonly why: ReactNode;
  readonly columns: readonly NamedColumn<K>[];
  /** The first column: how one is called where its name does not tell much. */
  readonly called?: { readonly head: string; readonly render: (row: NamedRow<K>) => ReactNode };
  readonly renderEditor: (props: EditorProps<K>) => ReactNode;
  /** The text beside its name that the filter looks at. */
  readonly textOf?: (value: Values[K]) => string;
  readonly order?: (a: NamedRow<K>, b: NamedRow<K>) => number;
  /** Other acts beside Add. */
  readonly actions?: ReactNode;
  /** Beside the list, which stays live; else over the page. */
  readonly docked?: boolean;
  readonly above?: ReactNode;
  /** Instead of a table. */
  readonly children?: (rows: readonly NamedRow<K>[]) => ReactNode;
}

export function NamedList<K extends NamedKind>(props: NamedListProps<K>) {
  const { kind, one, title, note, why, actions, above, docked = false, children } = props;
  const { editing, open, onOpen, filter, renderEditor } = props;
  const all = rowsOf(kind, editing);
  const rows = found(all, props);
  const opened = all.find(({ name }) => name === open);
  const things = title.toLowerCase();
  return (
    <div className={docked ? 'relative flex min-h-0 flex-1 gap-3' : 'contents'}>
      <div className={docked ? 'flex min-w-0 flex-1 flex-col gap-3 overflow-y-auto' : 'contents'}>
        {above}
        <Panel
          title={title}
          note={rows.length === all.length ? note : `${rows.length} of ${all.length} ${things}`}
          flush
          className="shrink-0"
          actions={
            <>
              {filter && (
                <FilterInput
                  label={`Filter ${things}`}
                  value={filter.value ?? ''}
                  onChange={filter.onChange}
                />
              )}
              {actions}
              <Button
                size="sm"
                icon={<Plus size={13} aria-hidden />}
                disabled={editing.readOnly !== null}
                onClick={() => onOpen(NEW)}
              >
                Add {one}
              </Button>
            </>
          }
        >
          {rows.length === 0 ? (
            <Empty title={all.length === 0 ? `No ${things} yet` : `No ${one} matches`}>
              {all.length === 0 ? why : 'The filter hides all of them.'}
            </Empty>
          ) : (
            (children?.(rows) ?? (
              <NamedTable {...props} rows={rows} narrow={docked && opened !== undefined} />
            ))
          )}
        </Panel>
      </div>
      <Suspense>
        {(opened !== undefined || open === NEW) && (
          // Another one, or the same one edited elsewhere: another form.
          <Fragment key={`${open} ${JSON.stringify(opened?.value)}`}>
            {renderEditor({ kind, one, row: opened, editing, onOpen })}
          </Fragment>
        )}
      </Suspense>
    </div>
  );
}

function NamedTable<K extends NamedKind>({
  one,
  title,
  columns,
  called,
  editing,
  open,
  onOpen,
  rows,
  narrow,
}: NamedListProps<K> & { readonly rows: readonly NamedRow<K>[]; readonly narrow: boolean }) {
  const first: Column<NamedRow<K>> = {
    name: called?.head ?? one.charAt(0).toUpperCase() + one.slice(1),
    render: (row) => (
      <NameButton row={row} called={called?.render(row)} editing={editing} open={open} onOpen={onOpen} />
    ),
  };
  return (
    <PlainTable
      label={title}
      rows={rows}
      idOf={nameOf}
      columns={[first, ...columns.filter(({ wide }) => !(narrow && wide))]}
      chosen={({ name }) => name === open}
    />
  );
}

/** Opens one; beside it stands whether it is published as it is. */
export function NameButton<K extends NamedKind>({
  row: { name, value, was },
  called,
  editing: { readOnly },
  open,
  onOpen,
}: ListProps & { readonly row: NamedRow<K>; readonly called?: ReactNode }) {
  const changed = was === undefined ? 'new' : JSON.stringify(was) === JSON.stringify(value) ? null : 'edited';
  return (
    <>
      <button
        type="button"
        title={name}
        aria-current={name === open || undefined}
        className="mono inline-flex items-center gap-1.5 text-left font-medium hover:underline"
        onClick={() => onOpen(name)}
      >
        <span className="sr-only">{readOnly === null ? 'Edit' : 'Show'}</span>
        {called !== undefined && <span className="sr-only">{name}:</span>}
        <span>{called ?? name}</span>
        {readOnly === null && <Pencil size={11} aria-hidden className="shrink-0 text-faint" />}
      </button>
      {changed && <span className="ml-2 text-12 text-accent">{changed}</span>}
    </>
  );
}

const nameOf = ({ name }: { readonly name: string }): string => name;

function rowsOf<K extends NamedKind>(kind: K, { document, base }: Editing): NamedRow<K>[] {
  const published = new Map(entriesOf(base, kind));
  return entriesOf(document, kind).map(([name, value]) => ({ name, value, was: published.get(name) }));
}

function found<K extends NamedKind>(
  rows: readonly NamedRow<K>[],
  { filter, textOf, order }: NamedListProps<K>,
): readonly NamedRow<K>[] {
  const words = (filter?.value ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const matching = rows.filter(({ name, value }) => {
    const text = `${name} ${textOf?.(value) ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return order === undefined ? matching : matching.toSorted(order);
}
