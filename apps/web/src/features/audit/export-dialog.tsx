/** The log as a file: what it will hold, what can be proved of it, and the download with its progress and its end. */
import { isReason } from '@reeve/policy';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { bytesOf, count, words } from '../../shared/format.js';
import { SelectField } from '../../shared/ui/field.js';
import { GuideLink } from '../../shared/ui/guide-link.js';
import { saveFile } from '../../shared/save-file.js';
import { FormDialog } from '../../shared/ui/form-dialog.js';
import { ReasonInput } from '../../shared/ui/reason-dialog.js';
import { ProgressBar } from '../../shared/records/progress-bar.js';
import { Status } from '../../shared/ui/status.js';
import { notify } from '../../shared/ui/toast.js';
import { parseRange } from '../../shared/url/time-grammar.js';
import { rangeLabel, rangeOf, type TimeRange } from '../../shared/url/time-range.js';
import { useZone } from '../../shared/url/use-zone.js';
import {
  exportAddress,
  filterWords,
  isFiltered,
  NO_FILTERS,
  type AuditFilters,
  type ExportFormat,
} from './audit.search.js';
import { keepExport } from './last-export.js';
import { auditCountQuery, download, type Progress } from './audit.queries.js';

const CHIPS = ['Periodic evidence for audit', 'Incident investigation', 'Request of a regulator'];

interface Props {
  readonly tenant: string;
  readonly filters: AuditFilters;
  readonly range: TimeRange;
  readonly onVerify: () => void;
  readonly onClose: () => void;
}

/** Beside what is shown, what is asked for most. */
const PERIODS = ['this month', 'last month', 'last quarter'];

export function ExportDialog({ tenant, filters, range, onVerify, onClose }: Props) {
  const zone = useZone();
  const filtered = isFiltered(filters);
  const [format, setFormat] = useState<ExportFormat>('ndjson');
  const [span, setSpan] = useState('shown');
  const [keepFilter, setKeepFilter] = useState(true);
  const [reason, setReason] = useState('');
  const job = useDownload();
  const chosen = filtered && keepFilter ? filters : NO_FILTERS;
  const [now] = useState(() => Date.now());
  const time = timeOf(span, range, now, zone);
  const rows = useQuery(auditCountQuery(tenant, chosen, time)).data;
  const close = () => {
    job.cancel();
    onClose();
  };
  const start = async () => {
    const done = await job.start(exportAddress(tenant, format, chosen, time, reason.trim()));
    if (done === null) return;
    notify({
      title: `Exported ${count(done.lines - 1)} records`,
      description: `${done.name}, ${bytesOf(done.bytes)}`,
      ...(format === 'ndjson' ? { next: { label: 'Verify it', run: onVerify } } : {}),
    });
    if (format === 'ndjson') keepExport(new File([done.file], done.name));
    onClose();
  };
  return (
    <FormDialog
      onClose={close}
      title="Export the audit log"
      description="Exporting is itself recorded."
      act={rows === undefined ? 'Export' : `Export ${count(rows)} records`}
      cancel={job.progress ? 'Cancel download' : 'Cancel'}
      ready={isReason(reason)}
      pending={job.progress !== null}
      onSubmit={() => void start()}
    >
      <div className="grid grid-cols-2 gap-3">
        <SelectField
          label="Format"
          value={format}
          onChange={(event) => setFormat(event.target.value as ExportFormat)}
        >
          <option value="ndjson">NDJSON, to verify</option>
          <option value="csv">CSV, to read</option>
          <option value="excel">CSV for Excel (with BOM)</option>
        </SelectField>
        <SelectField label="Range" value={span} onChange={(event) => setSpan(event.target.value)}>
          <option value="shown">{rangeLabel(range, zone)}</option>
          {PERIODS.map((period) => (
            <option key={period} value={period}>
              {`${period[0]!.toUpperCase()}${period.slice(1)}: ${rangeLabel(timeOf(period, range, now, zone) ?? range, zone)}`}
            </option>
          ))}
          <option value="all">Everything</option>
        </SelectField>
        {filtered && (
          <SelectField
            className="col-span-2"
            label="Filter"
            value={keepFilter ? 'keep' : 'drop'}
            onChange={(event) => setKeepFilter(event.target.value === 'keep')}
          >
            <option value="keep">{filterWords(filters).map(words).join(', ')}</option>
            <option value="drop">No filter: every record of the range</option>
          </SelectField>
        )}
      </div>
      <Provable format={format} filtered={filtered && keepFilter} rows={rows} />
      <ReasonInput first value={reason} onChange={setReason} chips={CHIPS} error={job.error} />
      {job.progress && <Bar of={job.progress} total={rows} />}
    </FormDialog>
  );
}

/** null: the whole log. */
function timeOf(span: string, shown: TimeRange, now: number, zone: string): TimeRange | null {
  if (span === 'all') return null;
  const period = parseRange(span, now, zone);
  return 'search' in period ? rangeOf(period.search, now) : shown;
}

/** The checks that a reader of the file will be able to make, and those not. */
function Provable({
  format,
  filtered,
  rows,
}: {
  readonly format: string;
  readonly filtered: boolean;
  readonly rows: number | undefined;
}) {
  return (
    <div className="rounded-control bg-sunken px-3 py-2 text-13">
      <p className="font-medium">{rows === undefined ? 'Counting…' : `${count(rows)} records`}</p>
      {format !== 'ndjson' ? (
        <Status tone="warn">A table to read. Nothing in it can be verified; take NDJSON for that.</Status>
      ) : filtered ? (
        <Status tone="info">Each row’s signature can be verified. That no row is missing cannot.</Status>
      ) : (
        <Status tone="ok">A complete range: the chain and that nothing is missing can be verified.</Status>
      )}
      <p className="mt-1">
        <GuideLink to="export-and-verify">How to verify it</GuideLink>
      </p>
    </div>
  );
}

function Bar({ of: { lines, bytes }, total }: { readonly of: Progress; readonly total: number | undefined }) {
  const done = total === undefined || total === 0 ? 0 : Math.min(100, (lines / (total + 1)) * 100);
  return (
    <div className="flex flex-col gap-1">
      <ProgressBar label="Download" percent={done} />
      <p className="text-12 text-muted">
        {count(Math.max(0, lines - 1))} records, {bytesOf(bytes)}
      </p>
    </div>
  );
}

function useDownload() {
  const [progress, setProgress] = useState<Progress | null>(null);
  const [error, setError] = useState<string | null>(null);
  const abort = useRef<AbortController>(undefined);
  return {
    progress,
    error,
    cancel: () => abort.current?.abort(),
    /** null: cancelled or refused. */
    start: async (address: string) => {
      abort.current = new AbortController();
      setError(null);
      setProgress({ lines: 0, bytes: 0 });
      try {
        const done = await download(address, paced(setProgress), abort.current.signal);
        saveFile(done.file, done.name);
        return done;
      } catch (failure) {
        if (!abort.current.signal.aborted)
          setError(failure instanceof Error ? failure.message : 'It was not exported.');
        return null;
      } finally {
        setProgress(null);
      }
    },
  };
}

/** At most ten times a second. */
function paced(show: (progress: Progress) => void): (progress: Progress) => void {
  let last = 0;
  return (progress) => {
    if (Date.now() - last < 100) return;
    last = Date.now();
    show(progress);
  };
}
