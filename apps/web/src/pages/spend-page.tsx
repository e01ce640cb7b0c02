/** Who spends tokens and money? Each figure is a sum of the rows beneath it. */
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { spendCsv } from '../features/spend/spend-csv.js';
import { costOf, costText, unpricedOf } from '../features/spend/spend-sums.js';
import { BY_LABELS, SpendTable } from '../features/spend/spend-table.js';
import { spendQuery, type SpendAnswer } from '../features/spend/spend.queries.js';
import { SPEND_BY } from '../features/spend/spend.search.js';
import { count, delta, lowered } from '../shared/format.js';
import { saveFile } from '../shared/save-file.js';
import { Button } from '../shared/ui/button.js';
import { GuideLink } from '../shared/ui/guide-link.js';
import { PageHead, Panel } from '../shared/ui/panel.js';
import { Empty, ErrorCard, Skeleton } from '../shared/ui/states.js';
import { Views } from '../shared/ui/views.js';
import { rangeLabel, rangeOf } from '../shared/url/time-range.js';
import { useZone } from '../shared/url/use-zone.js';
import { useNow } from '../shared/use-now.js';

const SpendChart = lazy(() => import('../features/spend/spend-chart.js'));
const route = getRouteApi('/$scope/spend');

export default function SpendPage() {
  const { scope } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const by = search.by ?? 'route';
  const range = rangeOf(search, useNow());
  const zone = useZone();
  const { data, error, dataUpdatedAt, refetch } = useQuery(spendQuery(scope, by, range));
  return (
    <div className="flex h-full flex-col gap-3">
      <PageHead title="Spend" note={lowered(rangeLabel(range, zone))} actions={data && <Total of={data} />} />
      {error && <ErrorCard error={error} onRetry={() => void refetch()} asOf={data && dataUpdatedAt} />}
      {!data && !error && <Skeleton rows={10} />}
      {data && data.rows.length === 0 && (
        <Empty title="No model call came in with its tokens in this time">
          Widen the time range, or send traces. <GuideLink to="send-telemetry" />
        </Empty>
      )}
      {data && data.rows.length > 0 && (
        <>
          <Panel title="Tokens over time" note="by kind; the parts add up to all of them">
            <Suspense fallback={<div className="h-[224px]" />}>
              <SpendChart series={data.series} from={range.from} to={range.to} />
            </Suspense>
          </Panel>
          <Views
            label="Spend by"
            views={SPEND_BY.map((value) => ({ value, label: BY_LABELS[value] }))}
            value={by}
            onChange={(next) => void navigate({ search: (was) => ({ ...was, by: next }), replace: true })}
          >
            <Panel
              title={`By ${lowered(BY_LABELS[by])}`}
              flush
              actions={
                <Button
                  size="sm"
                  icon={<Download size={13} aria-hidden />}
                  onClick={() =>
                    saveFile(new Blob([spendCsv(by, data.rows)], { type: 'text/csv' }), `spend-by-${by}.csv`)
                  }
                >
                  CSV
                </Button>
              }
            >
              <SpendTable by={by} scope={scope} rows={data.rows} />
            </Panel>
          </Views>
        </>
      )}
    </div>
  );
}

function Total({ of: { rows, before } }: { readonly of: SpendAnswer }) {
  const [costUsd, unpricedCalls] = [costOf(rows), unpricedOf(rows)];
  const calls = rows.reduce((sum, row) => sum + row.calls, 0);
  const known = unpricedCalls === 0 && unpricedOf(before) === 0 && before.length > 0;
  const change = known ? delta(costUsd, costOf(before)) : null;
  return (
    <p className="text-13 text-muted">
      <strong className="text-15 text-text">{costText({ calls, costUsd, unpricedCalls })}</strong>{' '}
      {change !== null && change !== 'new' && `${change} vs before `}
      {unpricedCalls > 0 && `· ${count(unpricedCalls)} of ${count(calls)} calls have no price`}
    </p>
  );
}
