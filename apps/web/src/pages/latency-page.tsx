/** Which node is slow? Percentiles of everything within the range, never of percentiles. */
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { LatencyTable } from '../features/latency/latency-table.js';
import { latencyQuery } from '../features/latency/latency.queries.js';
import { LATENCY_OF } from '../features/latency/latency.search.js';
import { lowered } from '../shared/format.js';
import { GuideLink } from '../shared/ui/guide-link.js';
import { PageHead, Panel } from '../shared/ui/panel.js';
import { Empty, ErrorCard, Skeleton } from '../shared/ui/states.js';
import { Views } from '../shared/ui/views.js';
import { rangeLabel, rangeOf } from '../shared/url/time-range.js';
import { useZone } from '../shared/url/use-zone.js';
import { useNow } from '../shared/use-now.js';

const route = getRouteApi('/$scope/latency');
const LABELS = { node: 'Graph nodes', model: 'Models', tool: 'Tools' } as const;

export default function LatencyPage() {
  const { scope } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const of = search.of ?? 'node';
  const range = rangeOf(search, useNow());
  const zone = useZone();
  const { data, error, dataUpdatedAt, refetch } = useQuery(latencyQuery(scope, of, range));
  return (
    <div className="flex h-full flex-col gap-3">
      <PageHead title="Latency" note={lowered(rangeLabel(range, zone))} />
      {error && <ErrorCard error={error} onRetry={() => void refetch()} asOf={data && dataUpdatedAt} />}
      <Views
        label="Latency"
        views={LATENCY_OF.map((value) => ({ value, label: LABELS[value] }))}
        value={of}
        onChange={(next) => void navigate({ search: (was) => ({ ...was, of: next }), replace: true })}
      >
        {!data && !error && <Skeleton rows={8} />}
        {data && (
          <Panel title={LABELS[of]} note="within 1 %, by nearest rank" flush>
            {data.now.length === 0 ? (
              <Empty title="No trace says how long anything took in this time">
                Widen the time range, or send traces. <GuideLink to="send-telemetry" />
              </Empty>
            ) : (
              <LatencyTable of={of} scope={scope} rows={data.now} before={data.before} />
            )}
          </Panel>
        )}
      </Views>
    </div>
  );
}
