/** Who spends what. The last row is the sum of the rows above it, and of everything. */
import { ALL } from '../../shared/api/session.js';
import { count, percent } from '../../shared/format.js';
import { Named } from '../../shared/records/named.js';
import { PlainTable, type Column } from '../../shared/records/plain-table.js';
import type { SpendRow } from './spend.queries.js';
import type { SpendBy } from './spend.search.js';
import { costText, FIGURES, inputOf, outputOf } from './spend-sums.js';

export const BY_LABELS = {
  route: 'Route',
  segment: 'Segment',
  model: 'Model',
  assistant: 'Assistant',
  node: 'Graph node',
} as const satisfies Record<SpendBy, string>;

interface Row extends SpendRow {
  readonly isSum?: boolean;
}

export function SpendTable({
  by,
  scope,
  rows,
}: {
  readonly by: SpendBy;
  readonly scope: string;
  readonly rows: readonly SpendRow[];
}) {
  const columns: Column<Row>[] = [
    {
      name: BY_LABELS[by],
      render: ({ keys, isSum }) => (isSum ? <strong>All</strong> : <Named name={keys[0]} />),
    },
    ...(scope === ALL ? [{ name: 'Tenant', render: ({ tenant }: Row) => tenant }] : []),
    { name: 'Cost', end: true, render: (row) => <Cost of={row} /> },
    { name: 'Model calls', end: true, render: ({ calls }) => count(calls) },
    { name: 'Input tokens', end: true, render: (row) => count(inputOf(row)) },
    {
      name: 'From cache',
      end: true,
      render: (row) => (
        <span title={`${count(row.inputCacheRead)} read, ${count(row.inputCacheWrite)} written`}>
          {percent(row.inputCacheRead, inputOf(row))}
        </span>
      ),
    },
    { name: 'Output tokens', end: true, render: (row) => count(outputOf(row)) },
    {
      name: 'Reasoning',
      end: true,
      render: (row) => (
        <span title={`${count(row.outputReasoning)} of ${count(outputOf(row))}`}>
          {percent(row.outputReasoning, outputOf(row))}
        </span>
      ),
    },
  ];
  return (
    <PlainTable<Row>
      label={`Spend by ${by}`}
      rows={[...rows, sumOf(rows)]}
      idOf={({ tenant, keys, isSum }) => (isSum ? 'sum' : JSON.stringify([tenant, keys]))}
      columns={columns}
      chosen={({ isSum = false }) => isSum}
    />
  );
}

function Cost({ of }: { readonly of: SpendRow }) {
  return (
    <span
      className={of.unpricedCalls > 0 ? 'text-muted' : undefined}
      title={
        of.unpricedCalls > 0
          ? `${count(of.unpricedCalls)} calls with ${count(of.unpricedTokens)} tokens have no price.`
          : undefined
      }
    >
      {costText(of)}
    </span>
  );
}

function sumOf(rows: readonly SpendRow[]): Row {
  const sums = Object.fromEntries(
    FIGURES.map((name) => [name, rows.reduce((sum, row) => sum + row[name], 0)]),
  ) as Record<(typeof FIGURES)[number], number>;
  return { tenant: '', keys: [], isSum: true, ...sums };
}
