/** One row a node, model or tool. A percentile of few is a figure of few, and says so. */
import { useMemo } from 'react';
import { ALL } from '../../shared/api/session.js';
import { count, delta, milliseconds, percent } from '../../shared/format.js';
import { PlainTable, type Column } from '../../shared/records/plain-table.js';
import { Named } from '../../shared/records/named.js';
import type { LatencyBefore, LatencyRow } from './latency.queries.js';
import type { LatencyOf } from './latency.search.js';

/** Below it a percentile says little: the API's own word. */
const FEW = 20;

const HEAD = { node: 'Node', model: 'Model', tool: 'Tool' } as const;
const COUNTED = { node: 'Visits', model: 'Calls', tool: 'Calls' } as const;

interface Props {
  readonly of: LatencyOf;
  readonly scope: string;
  readonly rows: readonly LatencyRow[];
  readonly before: readonly LatencyBefore[];
}

const idOf = ({ tenant, name }: Pick<LatencyRow, 'tenant' | 'name'>): string =>
  JSON.stringify([tenant, name]);

export function LatencyTable({ of, scope, rows, before }: Props) {
  const was = useMemo(() => new Map(before.map((row) => [idOf(row), row])), [before]);
  const columns: Column<LatencyRow>[] = [
    { name: HEAD[of], render: ({ name }) => <Named name={name} /> },
    ...(scope === ALL ? [{ name: 'Tenant', render: ({ tenant }: LatencyRow) => tenant }] : []),
    { name: COUNTED[of], end: true, render: ({ count: n }) => count(n) },
    {
      name: 'Errors',
      end: true,
      render: ({ errors, count: n }) => (
        <span className={errors === 0 ? 'text-faint' : undefined} title={`${count(errors)} of ${count(n)}`}>
          {percent(errors, n)}
        </span>
      ),
    },
    { name: 'p50', end: true, render: (row) => <Time ms={row.p50Ms} /> },
    { name: 'p95', end: true, render: (row) => <Time ms={row.p95Ms} few={row.timed < FEW} /> },
    {
      name: 'p95 vs before',
      end: true,
      render: (row) => <Change now={row} before={was.get(idOf(row))} />,
    },
    { name: 'p99', end: true, render: (row) => <Time ms={row.p99Ms} few={row.timed < FEW} /> },
    {
      name: 'Timed',
      end: true,
      render: ({ timed, count: n }) => (
        <span
          className={timed === n ? 'text-faint' : undefined}
          title={timed === n ? undefined : `${count(n - timed)} have no duration that can be known`}
        >
          {timed < FEW && timed > 0 ? `${count(timed)}, few` : count(timed)}
        </span>
      ),
    },
  ];
  return <PlainTable label={`Latency by ${of}`} rows={rows} idOf={idOf} columns={columns} />;
}

function Time({ ms, few = false }: { readonly ms: number | null | undefined; readonly few?: boolean }) {
  if (ms == null)
    return (
      <span className="text-faint" title="No duration is known.">
        –
      </span>
    );
  return (
    <span className={few ? 'text-faint' : undefined} title={few ? 'Of fewer than 20.' : undefined}>
      {milliseconds(ms)}
    </span>
  );
}

function Change({ now, before }: { readonly now: LatencyRow; readonly before: LatencyBefore | undefined }) {
  if (now.p95Ms == null) return <span className="text-faint">–</span>;
  if (before?.p95Ms == null)
    return (
      <span className="text-faint" title="Nothing of it was timed in the period before.">
        –
      </span>
    );
  const few = now.timed < FEW || before.timed < FEW;
  return (
    <span className={few ? 'text-faint' : undefined} title={`${milliseconds(before.p95Ms)} before`}>
      {delta(now.p95Ms, before.p95Ms) ?? 'as before'}
    </span>
  );
}
