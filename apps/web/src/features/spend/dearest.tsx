/** Where most money went, by route and segment, and what all of it came to. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ALL } from '../../shared/api/session.js';
import { compact } from '../../shared/format.js';
import { Named } from '../../shared/records/named.js';
import { PlainTable, type Column } from '../../shared/records/plain-table.js';
import { GuideLink } from '../../shared/ui/guide-link.js';
import { Panel } from '../../shared/ui/panel.js';
import { Empty, ErrorCard, Skeleton } from '../../shared/ui/states.js';
import type { TimeRange } from '../../shared/url/time-range.js';
import { spendRowsQuery, type ShortSpendRow } from './spend.queries.js';
import { costOf, costText, inputOf, outputOf, unpricedOf } from './spend-sums.js';

const ROWS = 5;

export default function Dearest({ scope, range }: { readonly scope: string; readonly range: TimeRange }) {
  const { data, error, refetch } = useQuery(spendRowsQuery(scope, ['route', 'segment'], range));
  const rows = data ?? [];
  const all = {
    calls: rows.reduce((sum, { calls }) => sum + calls, 0),
    costUsd: costOf(rows),
    unpricedCalls: unpricedOf(rows),
  };
  return (
    <Panel
      title="Spend by route and segment"
      note={rows.length > 0 && costText(all)}
      flush
      actions={
        <Link to="/$scope/spend" params={{ scope }} search={(was: object) => was} className={OPENS}>
          All of it
        </Link>
      }
    >
      {error && <ErrorCard error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={ROWS} />}
      {data && rows.length === 0 && (
        <Empty title="No model call came in with its tokens">
          <GuideLink to="send-telemetry" />
        </Empty>
      )}
      {rows.length > 0 && (
        <PlainTable
          label="Spend by route and segment"
          rows={rows.slice(0, ROWS)}
          idOf={({ tenant, keys }) => JSON.stringify([tenant, keys])}
          columns={scope === ALL ? [TENANT, ...COLUMNS] : COLUMNS}
        />
      )}
    </Panel>
  );
}

const OPENS = 'text-12 text-accent hover:underline';
const TENANT: Column<ShortSpendRow> = { name: 'Tenant', render: ({ tenant }) => tenant };
const COLUMNS: readonly Column<ShortSpendRow>[] = [
  { name: 'Route', render: ({ keys }) => <Named name={keys[0]} /> },
  { name: 'Segment', render: ({ keys }) => <Named name={keys[1]} /> },
  { name: 'Tokens', end: true, render: (row) => compact(inputOf(row) + outputOf(row)) },
  { name: 'Cost', end: true, render: (row) => costText(row) },
];
