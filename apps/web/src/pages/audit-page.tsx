/** What happened, who did it, is the record intact? */
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Download, ShieldCheck } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { auditColumns } from '../features/audit/audit-columns.js';
import { AuditFilterBar } from '../features/audit/audit-filters.js';
import {
  isFiltered,
  NO_FILTERS,
  type AuditFilters,
  type AuditSearch,
} from '../features/audit/audit.search.js';
import { auditRecordsQuery, newestRecordsQuery } from '../features/audit/audit.queries.js';
import { ExportDialog } from '../features/audit/export-dialog.js';
import { IntegrityLine } from '../features/audit/integrity-line.js';
import { RecordPeek } from '../features/audit/record-peek.js';
import { useMay } from '../shared/api/session.js';
import { count } from '../shared/format.js';
import { usePreferences } from '../shared/preferences.js';
import { useShortcuts } from '../shared/shortcuts.js';
import { Button } from '../shared/ui/button.js';
import { NewerPill } from '../shared/records/newer-pill.js';
import { PageHead } from '../shared/ui/panel.js';
import { RecordGrid } from '../shared/records/record-grid.js';
import { Empty, ErrorCard, Skeleton } from '../shared/ui/states.js';
import { rangeOf, type TimeSearch } from '../shared/url/time-range.js';

const route = getRouteApi('/$scope/audit');

export default function AuditPage() {
  const { scope } = route.useParams();
  const { t, from, to, peek, ...filters } = route.useSearch();
  const navigate = route.useNavigate();
  const { zone } = usePreferences();
  const client = useQueryClient();
  const list = useRecords(scope, filters, { t, from, to });
  const { rows, total, pages } = list;
  const [at, setAt] = useState<string | null>(null);
  const [exporting, setExporting] = useState(false);
  const startExport = useCallback(() => setExporting(true), []);
  const columns = useMemo(() => auditColumns(zone), [zone]);
  const go = useCallback(
    (change: Partial<AuditSearch>, replace = false) =>
      void navigate({ search: (was) => ({ ...was, ...change }), replace }),
    [navigate],
  );
  // oxlint-disable-next-line react/purity -- a sliding range ends now
  const range = rangeOf({ t, from, to }, Date.now());
  const filter = (change: Partial<AuditFilters>) => go({ ...change, peek: undefined });

  return (
    <div className="flex h-full flex-col gap-3">
      <PageHead
        title="Audit log"
        note={
          pages &&
          `${count(total)} ${isFiltered(filters) ? 'match' : 'records'} · ${range.label.toLowerCase()}`
        }
        actions={
          <>
            <NewerPill
              count={list.newer}
              atLeast={list.newer >= 100}
              onShow={() => void client.resetQueries({ queryKey: list.key })}
            />
            <Actions scope={scope} onExport={startExport} />
          </>
        }
      />
      <IntegrityLine tenant={scope} />
      <AuditFilterBar
        search={filters}
        onChange={filter}
        actorName={rows.find(({ actorId }) => actorId === filters.actor)?.actor}
      />
      {list.error && <ErrorCard error={list.error} onRetry={() => void list.refetch()} />}
      <div className="relative flex min-h-0 flex-1 gap-3">
        {!list.error && rows.length === 0 && (
          <div className="flex-1 rounded-card border border-line bg-surface">
            {!pages ? (
              <Skeleton rows={18} />
            ) : isFiltered(filters) ? (
              <Empty
                title="Nothing matches these filters"
                action={<Button onClick={() => filter(NO_FILTERS)}>Clear filters</Button>}
              >
                The time range counts too: {range.label.toLowerCase()}.
              </Empty>
            ) : (
              <Empty title="Nothing was recorded in this time">
                Widen the time range to see what came before.
              </Empty>
            )}
          </div>
        )}
        {rows.length > 0 && (
          <RecordGrid
            label="Audit records, newest first"
            columns={columns}
            rows={rows}
            idOf={({ seq }) => seq}
            total={total}
            active={peek ?? at}
            onActive={({ seq }) => {
              setAt(seq);
              if (peek !== undefined) go({ peek: seq }, true);
            }}
            onOpen={({ seq }) => go({ peek: seq }, peek !== undefined)}
            onClose={() => peek !== undefined && go({ peek: undefined })}
            onEnd={list.more}
            busy={list.isFetchingNextPage}
            minWidth={980}
          />
        )}
        {peek && (
          <RecordPeek
            tenant={scope}
            seq={peek}
            onClose={() => go({ peek: undefined })}
            onActor={(actor) => filter({ actor })}
          />
        )}
      </div>
      {rows.length > 0 && (
        <p className="-mt-1 text-12 text-faint">
          {count(rows.length)} of {count(total)} loaded{list.isFetchingNextPage ? ' · loading more…' : ''}
        </p>
      )}
      {exporting && (
        <ExportDialog tenant={scope} filters={filters} range={range} onClose={() => setExporting(false)} />
      )}
    </div>
  );
}

function Actions({ scope, onExport }: { readonly scope: string; readonly onExport: () => void }) {
  const mayExport = useMay(scope, 'export', 'AuditRecord');
  const shortcuts = useMemo(
    () => (mayExport ? [{ keys: 'e', label: 'Export the audit log', group: 'Lists', run: onExport }] : []),
    [mayExport, onExport],
  );
  useShortcuts(shortcuts);
  return (
    <>
      <Link
        to="/$scope/audit/verify"
        params={{ scope }}
        className="inline-flex h-8 items-center gap-1.5 rounded-control border border-line-strong bg-surface px-3 text-13 font-medium hover:bg-sunken"
      >
        <ShieldCheck size={15} aria-hidden /> Verify a file
      </Link>
      <Button
        icon={<Download size={15} aria-hidden />}
        disabled={!mayExport}
        title={mayExport ? 'e' : 'Exporting takes the role owner or auditor'}
        onClick={onExport}
      >
        Export…
      </Button>
    </>
  );
}

function useRecords(scope: string, filters: AuditFilters, time: TimeSearch) {
  const options = auditRecordsQuery(scope, filters, time);
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    ...options,
    placeholderData: (was) => was,
  });
  const { data: newest } = useQuery(newestRecordsQuery(scope, filters, time));
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
