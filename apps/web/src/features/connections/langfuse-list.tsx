/** The Langfuse projects that are read: how far each is, and what is wrong with one that is not. */
import { compositeKey } from '@reeve/policy';
import { count, dateTime } from '../../shared/format.js';
import { actsColumn, When } from '../../shared/records/columns.js';
import { PlainTable, type Column } from '../../shared/records/plain-table.js';
import { ProgressBar } from '../../shared/records/progress-bar.js';
import { useDialog } from '../../shared/records/use-dialog.js';
import { Button } from '../../shared/ui/button.js';
import { GuideLink } from '../../shared/ui/guide-link.js';
import { Panel } from '../../shared/ui/panel.js';
import { Empty } from '../../shared/ui/states.js';
import { Status } from '../../shared/ui/status.js';
import { useZone } from '../../shared/url/use-zone.js';
import { langfuseState, underWay } from './connection-words.js';
import type { Langfuse } from './connections.queries.js';
import {
  BackfillDialog,
  CancelDialog,
  ConnectDialog,
  DisconnectDialog,
  HoldDialog,
  PauseDialog,
} from './langfuse-dialogs.js';

interface Props {
  readonly tenant: string;
  readonly of: readonly Langfuse[];
  readonly mayConnect: boolean;
  readonly mayChange: boolean;
  readonly mayRemove: boolean;
  readonly onDone: () => void;
}

const nameOf = ({ projectName, baseUrl }: Langfuse): string => projectName ?? new URL(baseUrl).host;
const idOf = ({ id }: Langfuse): string => compositeKey('langfuse', id);

export function LangfuseList({ tenant, of, mayConnect, mayChange, mayRemove, onDone }: Props) {
  const { what, row, show, close } = useDialog<
    'connect' | 'pause' | 'disconnect' | 'backfill' | 'hold' | 'cancel',
    Langfuse
  >(of, idOf);
  const common = { tenant, onClose: close, onDone };
  const pending = row && underWay(row);
  return (
    <Panel
      title="Langfuse"
      note="read once a minute"
      flush
      actions={
        mayConnect && (
          <Button size="sm" onClick={() => show('connect')}>
            Connect…
          </Button>
        )
      }
    >
      {of.length === 0 ? (
        <Empty title="No Langfuse project is read">
          Where agents trace to Langfuse already, nothing has to be sent twice.{' '}
          <GuideLink to="connect-langfuse" />
        </Empty>
      ) : (
        <PlainTable
          label="Langfuse projects"
          rows={of}
          idOf={idOf}
          columns={[
            ...COLUMNS,
            ...actsColumn<Langfuse>(nameOf, [
              mayChange && {
                label: 'Read the past',
                of: 'Read the past of',
                when: (one) => underWay(one) === undefined,
                onClick: (one) => show('backfill', one),
              },
              mayChange && {
                label: (one) =>
                  underWay(one)?.state === 'running' ? 'Pause the past' : 'Go on with the past',
                of: 'Pause or go on with the past of',
                when: (one) => underWay(one) !== undefined,
                onClick: (one) => show('hold', one),
              },
              mayChange && {
                label: 'Stop reading the past',
                of: 'Stop reading the past of',
                when: (one) => underWay(one) !== undefined,
                onClick: (one) => show('cancel', one),
              },
              mayChange && {
                label: ({ state }) => (state === 'active' ? 'Pause' : 'Resume'),
                of: 'Pause or resume',
                onClick: (one) => show('pause', one),
              },
              mayRemove && {
                label: 'Disconnect',
                of: 'Disconnect',
                onClick: (one) => show('disconnect', one),
              },
            ]),
          ]}
        />
      )}
      {what === 'connect' && <ConnectDialog {...common} />}
      {what === 'pause' && row && <PauseDialog {...common} of={row} />}
      {what === 'disconnect' && row && <DisconnectDialog {...common} of={row} />}
      {what === 'backfill' && row && <BackfillDialog {...common} of={row} />}
      {what === 'hold' && pending && <HoldDialog {...common} of={pending} />}
      {what === 'cancel' && pending && <CancelDialog {...common} of={pending} />}
    </Panel>
  );
}

const COLUMNS: readonly Column<Langfuse>[] = [
  {
    name: 'Project',
    render: (row) => (
      <>
        <span className="font-medium">{nameOf(row)}</span>{' '}
        <span className="text-muted">
          {row.publicKey} · …{row.hint}
        </span>
      </>
    ),
  },
  {
    name: 'State',
    wrap: true,
    render: (row) => {
      const { tone, word } = langfuseState(row);
      return <Status tone={tone}>{row.error == null ? word : `${word}: ${row.error}`}</Status>;
    },
  },
  { name: 'Complete to', render: ({ watermark }) => <Until at={watermark} /> },
  { name: 'Rows', end: true, render: ({ rows }) => count(rows) },
  { name: 'Not taken', end: true, render: ({ rejected }) => count(rejected) },
  { name: 'Scores', end: true, render: ({ scores }) => count(scores) },
  { name: 'The past', render: (row) => <Past of={row} /> },
  {
    name: 'Read',
    render: ({ pulledAt }) =>
      pulledAt == null ? <span className="text-faint">not yet</span> : <When at={pulledAt} />,
  },
];

function Until({ at }: { readonly at: string | null | undefined }) {
  const zone = useZone();
  return at == null ? <span className="text-faint">–</span> : <time dateTime={at}>{dateTime(at, zone)}</time>;
}

function Past({ of }: { readonly of: Langfuse }) {
  const current = underWay(of) ?? of.backfills[0];
  if (current === undefined) return <span className="text-faint">–</span>;
  const { state, share, rows, error } = current;
  return (
    <span className="flex min-w-28 flex-col gap-0.5" title={error ?? undefined}>
      <span className="text-muted">
        {state} · {count(rows)} rows
      </span>
      <ProgressBar label={`The past of ${nameOf(of)}`} percent={share * 100} />
    </span>
  );
}
