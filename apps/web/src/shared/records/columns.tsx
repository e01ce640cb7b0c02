/** Columns that several lists have. */
import { ago } from '../format.js';
import { Button } from '../ui/button.js';
import type { Column } from './plain-table.js';

export function When({ at }: { readonly at: string }) {
  return (
    <time dateTime={at} title={at} className="text-muted">
      {ago(at)}
    </time>
  );
}

export const SINCE: Column<{ readonly createdAt: string }> = {
  name: 'Since',
  render: ({ createdAt }) => <When at={createdAt} />,
};

export const PERSON: Column<{ readonly name: string; readonly email?: string | null }> = {
  name: 'Name',
  render: ({ name, email }) => (
    <>
      <span className="font-medium">{name}</span> {email && <span className="text-muted">{email}</span>}
    </>
  ),
};

/** Something that can be done to a row. */
export interface Act<Row> {
  readonly label: string | ((row: Row) => string);
  /** What it is called, before the row's name, for whoever does not see the row. */
  readonly of: string;
  readonly onClick: (row: Row) => void;
  readonly when?: (row: Row) => boolean;
  /** Why it can't be done to this one. */
  readonly refused?: (row: Row) => string | undefined;
}

/** A column of them, at the end; none where nothing can be done. */
export function actsColumn<Row>(
  nameOf: (row: Row) => string,
  some: readonly (Act<Row> | false)[],
): readonly Column<Row>[] {
  const acts = some.filter((act) => act !== false);
  if (acts.length === 0) return [];
  return [
    {
      name: 'Actions',
      actions: true,
      render: (row) =>
        acts
          .filter(({ when }) => when?.(row) ?? true)
          .map((act) => <ActButton key={act.of} act={act} row={row} name={nameOf(row)} />),
    },
  ];
}

function ActButton<Row>({
  act: { label, of, onClick, refused },
  row,
  name,
}: {
  readonly act: Act<Row>;
  readonly row: Row;
  readonly name: string;
}) {
  const why = refused?.(row);
  return (
    <Button
      size="sm"
      kind="ghost"
      aria-label={`${of} ${name}`}
      disabled={why !== undefined}
      title={why}
      onClick={(event) => {
        // The row itself opens with a click.
        event.stopPropagation();
        onClick(row);
      }}
    >
      {typeof label === 'string' ? label : label(row)}…
    </Button>
  );
}
