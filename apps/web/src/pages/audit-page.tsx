/** The audit log: what happened, who did it, is the record intact? */
import { whoMay } from '@reeve/policy/roles';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Download, ShieldCheck } from 'lucide-react';
import { useMemo, useState } from 'react';
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
import { count, lowered } from '../shared/format.js';
import { useZone } from '../shared/url/use-zone.js';
import { NewerPill } from '../shared/records/newer-pill.js';
import { RecordList } from '../shared/records/record-list.js';
import { useNewer, useRecords } from '../shared/records/use-records.js';
import { useShortcuts, type Shortcut } from '../shared/shortcuts.js';
import { Button, buttonStyle } from '../shared/ui/button.js';
import { PageHead } from '../shared/ui/panel.js';
import { Empty } from '../shared/ui/states.js';
import { rangeLabel, rangeOf } from '../shared/url/time-range.js';

const route = getRouteApi('/$scope/audit');

export default function AuditPage() {
  const { scope } = route.useParams();
  const { t, from, to, peek, ...filters } = route.useSearch();
  const navigate = route.useNavigate();
  const zone = useZone();
  const list = useRecords(auditRecordsQuery(scope, filters, { t, from, to }));
  const newer = useNewer(list, newestRecordsQuery(scope, filters, { t, from, to }));
  const [exporting, setExporting] = useState(false);
  const columns = useMemo(() => auditColumns(zone), [zone]);
  const go = (change: Partial<AuditSearch>, replace = false) =>
    void navigate({ search: (was) => ({ ...was, ...change }), replace });
  const filter = (change: Partial<AuditFilters>) => go({ ...change, peek: undefined });
  const close = () => go({ peek: undefined });
  // oxlint-disable-next-line react/purity -- a sliding range ends now
  const range = rangeOf({ t, from, to }, Date.now());
  const label = lowered(rangeLabel(range, zone));

  return (
    <div className="flex h-full flex-col gap-3">
      <PageHead
        title="Audit log"
        note={list.loaded && `${count(list.total)} ${isFiltered(filters) ? 'match' : 'records'} · ${label}`}
        actions={
          <>
            <NewerPill count={newer} onShow={list.restart} />
            <Actions scope={scope} onExport={setExporting} />
          </>
        }
      />
      <IntegrityLine tenant={scope} />
      <AuditFilterBar tenant={scope} search={filters} onChange={filter} />
      <RecordList
        label="Audit records, newest first"
        of={list}
        idOf={({ seq }) => seq}
        columns={columns}
        peek={peek}
        onPeek={(row, replace) => go({ peek: row?.seq }, replace)}
        empty={
          isFiltered(filters) ? (
            <Empty
              title="Nothing matches these filters"
              action={<Button onClick={() => filter(NO_FILTERS)}>Clear filters</Button>}
            >
              The time range counts too: {label}.
            </Empty>
          ) : (
            <Empty title="Nothing was recorded in this time">
              Widen the time range to see what came before.
            </Empty>
          )
        }
      >
        {peek && <RecordPeek tenant={scope} seq={peek} onClose={close} onFilter={filter} />}
      </RecordList>
      {exporting && (
        <ExportDialog
          tenant={scope}
          filters={filters}
          range={range}
          onVerify={() => void navigate({ to: '/$scope/audit/verify' })}
          onClose={() => setExporting(false)}
        />
      )}
    </div>
  );
}

function Actions({ scope, onExport }: { readonly scope: string; readonly onExport: (open: true) => void }) {
  const mayExport = useMay(scope, 'export', 'AuditRecord');
  const shortcuts = useMemo(
    (): Shortcut[] =>
      mayExport
        ? [{ keys: 'e', label: 'Export the audit log', group: 'This page', run: () => onExport(true) }]
        : [],
    [mayExport, onExport],
  );
  useShortcuts(shortcuts);
  return (
    <>
      <Link to="/$scope/audit/verify" params={{ scope }} className={buttonStyle()}>
        <ShieldCheck size={15} aria-hidden /> Verify a file
      </Link>
      <Button
        icon={<Download size={15} aria-hidden />}
        disabled={!mayExport}
        title={mayExport ? 'e' : `Exporting takes the role ${whoMay('export', 'AuditRecord')}`}
        onClick={() => onExport(true)}
      >
        Export…
      </Button>
    </>
  );
}
