/** What did agents ask, what was decided, and why? Newest first; each opens beside the list. */
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { EvaluationFilterBar, NO_FILTERS } from '../features/evaluations/evaluation-filters.js';
import { evaluationColumns, NARROW } from '../features/evaluations/evaluation-columns.js';
import { EvaluationPeek } from '../features/evaluations/evaluation-peek.js';
import { isFiltered, type EvaluationSearch } from '../features/evaluations/evaluations.search.js';
import {
  choicesQuery,
  evaluationsQuery,
  newestEvaluationsQuery,
} from '../features/evaluations/evaluations.queries.js';
import { count } from '../shared/format.js';
import { usePreferences } from '../shared/preferences.js';
import { Button } from '../shared/ui/button.js';
import { NewerPill } from '../shared/records/newer-pill.js';
import { PageHead } from '../shared/ui/panel.js';
import { RecordGrid } from '../shared/records/record-grid.js';
import { Empty, ErrorCard, Skeleton } from '../shared/ui/states.js';
import { rangeOf } from '../shared/url/time-range.js';

const route = getRouteApi('/$scope/evaluations');

export default function EvaluationsPage() {
  const { scope } = route.useParams();
  const { t, from, to, peek, ...filters } = route.useSearch();
  const navigate = route.useNavigate();
  const { zone } = usePreferences();
  const client = useQueryClient();
  const list = useEvaluations(scope, filters, { t, from, to });
  const { rows, total, pages } = list;
  const { data: policy } = useQuery(choicesQuery(scope));
  const [at, setAt] = useState<string | null>(null);
  const columns = useMemo(
    () => evaluationColumns(zone, new Map(policy?.tools.map(({ name, class: of }) => [name, of]))),
    [zone, policy],
  );
  const go = useCallback(
    (change: Partial<EvaluationSearch>, replace = false) =>
      void navigate({ search: (was) => ({ ...was, ...change }), replace }),
    [navigate],
  );
  // oxlint-disable-next-line react/purity -- a sliding range ends now
  const label = rangeOf({ t, from, to }, Date.now()).label;

  return (
    <div className="flex h-full flex-col gap-3">
      <PageHead
        title="Evaluations"
        note={
          pages && `${count(total)} ${isFiltered(filters) ? 'match' : 'recorded'} · ${label.toLowerCase()}`
        }
        actions={
          <NewerPill
            count={list.newer}
            atLeast={list.newer >= 100}
            onShow={() => void client.resetQueries({ queryKey: list.key })}
          />
        }
      />
      <EvaluationFilterBar
        tenant={scope}
        search={filters}
        onChange={(change) => go({ ...change, peek: undefined })}
      />
      {list.error && <ErrorCard error={list.error} onRetry={() => void list.refetch()} />}
      <div className="relative flex min-h-0 flex-1 gap-3">
        {!pages && !list.error && (
          <div className="flex-1 rounded-card border border-line bg-surface">
            <Skeleton rows={18} />
          </div>
        )}
        {pages && rows.length === 0 && (
          <div className="flex-1 rounded-card border border-line bg-surface">
            <Nothing
              filters={filters}
              label={label}
              onClear={() => go(NO_FILTERS)}
              onWiden={() => go({ t: '7d', from: undefined, to: undefined } as never)}
            />
          </div>
        )}
        {rows.length > 0 && (
          <RecordGrid
            label="Evaluations, newest first"
            columns={peek ? columns.slice(0, NARROW) : columns}
            rows={rows}
            idOf={({ id }) => id}
            total={total}
            active={peek ?? at}
            onActive={({ id }) => {
              setAt(id);
              if (peek !== undefined) go({ peek: id }, true);
            }}
            onOpen={({ id }) => go({ peek: id }, peek !== undefined)}
            onClose={() => peek !== undefined && go({ peek: undefined })}
            onEnd={list.more}
            busy={list.isFetchingNextPage}
            minWidth={peek ? 640 : 1000}
          />
        )}
        {peek && <EvaluationPeek tenant={scope} id={peek} onClose={() => go({ peek: undefined })} />}
      </div>
      {rows.length > 0 && (
        <p className="-mt-1 text-12 text-faint">
          {count(rows.length)} of {count(total)} loaded, as of the moment the list was read
          {list.isFetchingNextPage ? ' · loading more…' : ''}
        </p>
      )}
    </div>
  );
}

function useEvaluations(
  scope: string,
  filters: EvaluationSearch,
  time: { t?: string | undefined; from?: string | undefined; to?: string | undefined },
) {
  const options = evaluationsQuery(scope, filters, time);
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    ...options,
    placeholderData: (was) => was,
  });
  const { data: newest } = useQuery(newestEvaluationsQuery(scope, filters, time));
  const pages = data?.pages;
  const rows = useMemo(() => pages?.flatMap(({ nodes }) => nodes) ?? [], [pages]);
  const first = rows[0] ? Number(rows[0].seq) : 0;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const newer = pages ? (newest ?? []).filter((seq) => seq > first).length : 0;
  return {
    key: options.queryKey,
    pages,
    rows,
    total: pages?.[0]?.totalCount ?? 0,
    newer,
    more,
    error,
    refetch,
    isFetchingNextPage,
  };
}

/** No denials is a success and says so; a filter that finds nothing is only that. */
function Nothing({
  filters,
  label,
  onClear,
  onWiden,
}: {
  readonly filters: EvaluationSearch;
  readonly label: string;
  readonly onClear: () => void;
  readonly onWiden: () => void;
}) {
  const onlyDenials = filters.effect?.length === 1 && filters.effect[0] === 'deny';
  if (onlyDenials && Object.values(filters).filter((value) => value !== undefined).length === 1)
    return (
      <Empty
        tone="ok"
        title={`No denials, ${label.toLowerCase()}`}
        action={<Button onClick={onClear}>Show every evaluation</Button>}
      >
        Whatever was asked in this time was not denied.
      </Empty>
    );
  if (isFiltered(filters))
    return (
      <Empty title="Nothing matches these filters" action={<Button onClick={onClear}>Clear filters</Button>}>
        The time range counts too: {label.toLowerCase()}.
      </Empty>
    );
  return (
    <Empty
      title="No agent has asked in this time"
      action={<Button onClick={onWiden}>Look at the past 7 days</Button>}
    >
      An agent asks with POST /access/v1/evaluation and an API key.
    </Empty>
  );
}
