/** The graph nodes that are slowest at their p95. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ALL } from '../../shared/api/session.js';
import { count, milliseconds } from '../../shared/format.js';
import { Named } from '../../shared/records/named.js';
import { PlainTable, type Column } from '../../shared/records/plain-table.js';
import { Panel } from '../../shared/ui/panel.js';
import { Empty, ErrorCard, Skeleton } from '../../shared/ui/states.js';
import type { TimeRange } from '../../shared/url/time-range.js';
import { latencyRowsQuery, type ShortLatencyRow } from './latency.queries.js';

const ROWS = 5;

export default function Slowest({ scope, range }: { readonly scope: string; readonly range: TimeRange }) {
  const { data, error, refetch } = useQuery(latencyRowsQuery(scope, 'node', range));
  const rows = data?.toSorted((a, b) => (b.p95Ms ?? -1) - (a.p95Ms ?? -1)).slice(0, ROWS);
  return (
    <Panel
      title="Slowest graph nodes"
      note="p95 within 1 %"
      flush
      actions={
        <Link to="/$scope/latency" params={{ scope }} search={(was: object) => was} className={OPENS}>
          All of them
        </Link>
      }
    >
      {error && <ErrorCard error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={ROWS} />}
      {rows?.length === 0 && (
        <Empty title="No trace names a graph node in this time">
          <Link
            to="/$scope/latency"
            params={{ scope }}
            search={(was: object) => ({ ...was, of: 'model' as const })}
            className="text-accent underline"
          >
            Latency by model
          </Link>
        </Empty>
      )}
      {rows !== undefined && rows.length > 0 && (
        <PlainTable
          label="Slowest graph nodes"
          rows={rows}
          idOf={({ tenant, name }) => JSON.stringify([tenant, name])}
          columns={scope === ALL ? [TENANT, ...COLUMNS] : COLUMNS}
        />
      )}
    </Panel>
  );
}

const OPENS = 'text-12 text-accent hover:underline';
const TENANT: Column<ShortLatencyRow> = { name: 'Tenant', render: ({ tenant }) => tenant };
const COLUMNS: readonly Column<ShortLatencyRow>[] = [
  { name: 'Node', render: ({ name }) => <Named name={name} /> },
  { name: 'Visits', end: true, render: ({ count: visits }) => count(visits) },
  { name: 'p95', end: true, render: ({ p95Ms }) => (p95Ms == null ? '–' : milliseconds(p95Ms)) },
  { name: 'p99', end: true, render: ({ p99Ms }) => (p99Ms == null ? '–' : milliseconds(p99Ms)) },
];
