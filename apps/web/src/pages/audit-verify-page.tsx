/** Is this export what was recorded? Checked here, in a worker, with the code of the command line. */
import { getRouteApi, Link } from '@tanstack/react-router';
import { ArrowLeft, FileCheck2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { clsx } from 'clsx';
import { takeExport } from '../features/audit/last-export.js';
import { useVerifier, type Verification } from '../features/audit/use-verifier.js';
import { VerdictCard } from '../features/audit/verdict-card.js';
import { count } from '../shared/format.js';
import { ProgressBar } from '../shared/records/progress-bar.js';
import { Button } from '../shared/ui/button.js';
import { CopyText } from '../shared/records/copyable.js';
import { GuideLink } from '../shared/ui/guide-link.js';
import { PageHead, Panel } from '../shared/ui/panel.js';
import { StatusShape } from '../shared/ui/status.js';

const route = getRouteApi('/$scope/audit/verify');

export default function AuditVerifyPage() {
  const { scope } = route.useParams();
  const { verification, verify, cancel } = useVerifier();
  useEffect(() => {
    const exported = takeExport();
    if (exported !== null) verify(exported);
  }, [verify]);
  return (
    <div className="flex max-w-[820px] flex-col gap-3">
      <PageHead
        title="Verify an export"
        note="nothing is sent anywhere"
        actions={
          <>
            <GuideLink to="export-and-verify" />
            <Link
              to="/$scope/audit"
              params={{ scope }}
              className="inline-flex items-center gap-1 text-13 text-accent hover:underline"
            >
              <ArrowLeft size={14} aria-hidden /> Audit log
            </Link>
          </>
        }
      />
      <DropZone onFile={verify} busy={verification.state === 'running'} />
      <Result of={verification} tenant={scope} onCancel={cancel} />
      <Levels file={'file' in verification ? verification.file.name : 'file'} />
    </div>
  );
}

function DropZone({ onFile, busy }: { readonly onFile: (file: File) => void; readonly busy: boolean }) {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const take = (files: FileList | null) => {
    const [file] = files ?? [];
    if (file) onFile(file);
  };
  return (
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
      className={clsx(
        'flex flex-col items-center gap-2 rounded-card border border-dashed px-6 py-8 text-center',
        over ? 'border-accent bg-accent-soft' : 'border-line-strong bg-surface',
      )}
    >
      <FileCheck2 size={22} aria-hidden className="text-muted" />
      <p className="text-14 font-medium">Drop an NDJSON export here</p>
      <p className="text-12 text-muted">or</p>
      <input
        ref={input}
        type="file"
        accept=".ndjson,.jsonl,application/x-ndjson"
        aria-label="Export to verify"
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          take(event.target.files);
          event.target.value = '';
        }}
      />
      <Button onClick={() => input.current?.click()} disabled={busy}>
        Choose a file…
      </Button>
    </div>
  );
}

function Result({
  of,
  tenant,
  onCancel,
}: {
  readonly of: Verification;
  readonly tenant: string;
  readonly onCancel: () => void;
}) {
  switch (of.state) {
    case 'idle':
      return null;
    case 'running': {
      const done = of.file.size === 0 ? 0 : Math.min(100, (of.progress.bytes / of.file.size) * 100);
      return (
        <div className="flex items-center gap-3 rounded-card border border-line bg-surface p-4">
          <div className="min-w-0 flex-1">
            <p className="truncate text-13">
              {of.file.name} · {count(of.progress.lines)} lines
            </p>
            <div className="mt-1.5">
              <ProgressBar label="Verification" percent={done} />
            </div>
          </div>
          <Button size="sm" onClick={onCancel}>
            Cancel
          </Button>
        </div>
      );
    }
    case 'done':
      return <VerdictCard of={of.verdict} tenant={tenant} tookMs={of.tookMs} />;
    case 'not_verified':
      return (
        <section
          aria-live="polite"
          aria-label="Verdict"
          className="rounded-card border border-line-strong bg-surface p-4"
        >
          <h2 className="flex items-center gap-2 text-16">
            <StatusShape tone="unknown" />
            Not verified
          </h2>
          <p className="mt-1 text-13 text-muted">{of.why} Nothing is claimed about the file.</p>
        </section>
      );
  }
}

/** Levels of a check: what is checked here, and what only the holder of the key can check. */
function Levels({ file }: { readonly file: string }) {
  // In a checkout of Reeve: no name that npm would look for elsewhere.
  const command = `node packages/audit/bin/reeve-audit.mjs verify ${/^[\w.-]+$/.test(file) ? file : `'${file.replaceAll("'", '')}'`} --keys key.json`;
  return (
    <Panel title="Two levels">
      <dl className="grid grid-cols-[72px_minmax(0,1fr)] gap-x-3 gap-y-2 text-13">
        <dt className="font-medium">Chain</dt>
        <dd className="text-muted">
          Checked on this page: every record’s hash, that each follows the one before, that none is missing up
          to the head the manifest names. It shows that the file agrees with itself, not who wrote it.
        </dd>
        <dt className="font-medium">HMAC</dt>
        <dd className="text-muted">
          Every signature. It needs the tenant’s key, which a browser never gets; whoever holds the key runs,
          in a checkout of Reeve:
          <span className="mt-1 flex items-center gap-1 rounded-control bg-sunken px-2 py-1">
            <code className="min-w-0 flex-1 truncate text-text">{command}</code>
            <CopyText text={command} label="Copy the command" />
          </span>
        </dd>
      </dl>
    </Panel>
  );
}
