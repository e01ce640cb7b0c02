/** What came in of its own accord, and what of it was not taken: no exporter sends that again. */
import { count, words } from '../../shared/format.js';
import { When } from '../../shared/records/columns.js';
import { PlainTable, type Column } from '../../shared/records/plain-table.js';
import { GuideLink } from '../../shared/ui/guide-link.js';
import { Panel } from '../../shared/ui/panel.js';
import { Empty } from '../../shared/ui/states.js';
import { Status } from '../../shared/ui/status.js';
import { receiverName, receiverState } from './connection-words.js';
import type { Receiver } from './connections.queries.js';

export function Receivers({ of }: { readonly of: readonly Receiver[] }) {
  const refused = of.flatMap((receiver) =>
    receiver.rejections.map((each) => ({ ...each, from: receiverName(receiver) })),
  );
  return (
    <>
      <Panel title="What comes in" note="counted as it was sent; what is sent twice counts once" flush>
        {of.length === 0 ? (
          <Empty title="Nothing has come in yet">
            Point an exporter here with an agent key for telemetry. <GuideLink to="send-telemetry" />
          </Empty>
        ) : (
          <PlainTable label="Receivers" rows={of} idOf={({ receiver }) => receiver} columns={COLUMNS} />
        )}
      </Panel>
      {refused.length > 0 && (
        <Panel title="What was not taken" note="by reason, the newest first" flush>
          <PlainTable
            label="Not taken"
            rows={refused}
            idOf={({ from, reason }) => `${from} ${reason}`}
            columns={REFUSED}
          />
        </Panel>
      )}
    </>
  );
}

const COLUMNS: readonly Column<Receiver>[] = [
  { name: 'Receiver', render: (row) => <span className="font-medium">{receiverName(row)}</span> },
  {
    name: 'State',
    render: (row) => {
      const { tone, word } = receiverState(row);
      return <Status tone={tone}>{word}</Status>;
    },
  },
  {
    name: 'Last seen',
    render: ({ lastSeen }) =>
      lastSeen == null ? <span className="text-faint">–</span> : <When at={lastSeen} />,
  },
  { name: 'A minute', end: true, render: ({ perMinute }) => count(Math.round(perMinute)) },
  { name: 'Taken in a day', end: true, render: ({ accepted }) => count(accepted) },
  {
    name: 'Not taken in a day',
    end: true,
    render: ({ rejected }) => (
      <span className={rejected === 0 ? 'text-faint' : undefined}>{count(rejected)}</span>
    ),
  },
];

type Refused = Receiver['rejections'][number] & { readonly from: string };
const REFUSED: readonly Column<Refused>[] = [
  { name: 'Reason', render: ({ reason }) => words(reason) },
  { name: 'Receiver', render: ({ from }) => from },
  { name: 'How many', end: true, render: ({ count: many }) => count(many) },
  { name: 'Last', render: ({ lastAt }) => <When at={lastAt} /> },
  { name: 'Where one was', wrap: true, render: ({ sample }) => <code>{sample}</code> },
];
