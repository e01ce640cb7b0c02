/** Stops: what is stopped, by whom, did it take effect, and what it refused. */
import { liftSentence } from '@reeve/policy/stops';
import { getRouteApi } from '@tanstack/react-router';
import { OctagonX } from 'lucide-react';
import { useState } from 'react';
import {
  modeWords,
  scopeWords,
  useKillSwitches,
  type KillSwitch,
} from '../features/kill-switch/kill-switch.queries.js';
import { LiftDialog } from '../features/kill-switch/lift-dialog.js';
import { StopDialog } from '../features/kill-switch/stop-dialog.js';
import { ALL, useMay, useSession } from '../shared/api/session.js';
import { ago, count, dateTime, duration } from '../shared/format.js';
import { useZone } from '../shared/url/use-zone.js';
import { Button } from '../shared/ui/button.js';
import { Kbd } from '../shared/ui/kbd.js';
import { useNow } from '../shared/use-now.js';
import { PlainTable } from '../shared/records/plain-table.js';
import { PageHead, Panel } from '../shared/ui/panel.js';
import { Empty, ErrorCard, Skeleton } from '../shared/ui/states.js';
import { Status } from '../shared/ui/status.js';

const route = getRouteApi('/$scope');

export default function PanicPage() {
  const { scope } = route.useParams();
  const { data, error, unknown, at, refetch } = useKillSwitches(scope, false);
  const mayStop = useMay(scope, 'engage', 'KillSwitch');
  const [stopping, setStopping] = useState(false);
  const [lifting, setLifting] = useState<KillSwitch | null>(null);
  const inForce = data?.filter(({ liftedAt }) => liftedAt === null) ?? [];
  const lifted = data?.filter(({ liftedAt }) => liftedAt !== null) ?? [];

  return (
    <div className="flex flex-col gap-3">
      <PageHead
        title="Panic switch"
        note={
          data === undefined || (unknown && inForce.length === 0)
            ? error && 'what is stopped is not known'
            : inForce.length === 0
              ? 'nothing is stopped'
              : `${inForce.length} in force`
        }
        actions={
          mayStop && (
            <Button kind="danger" icon={<OctagonX size={15} aria-hidden />} onClick={() => setStopping(true)}>
              Stop tools…
            </Button>
          )
        }
      />
      {error && <ErrorCard error={error} onRetry={refetch} asOf={unknown ? undefined : at} />}
      {(!data || unknown) && !error && <Skeleton />}
      {data && (!unknown || data.length > 0) && (
        <>
          <Panel title="In force" note="nothing recorded after a stop is allowed, on any replica" flush>
            {inForce.length === 0 && unknown ? (
              <Empty tone="unknown" title="It is not known whether anything is stopped">
                Some tenants could not be read.
              </Empty>
            ) : inForce.length === 0 ? (
              <Empty tone="ok" title="Nothing is stopped">
                {lifted[0] ? (
                  `The last stop was lifted ${ago(lifted[0].liftedAt!)}.`
                ) : (
                  <>
                    No stop has been made here yet. <Kbd>⇧P</Kbd> opens the dialog from any page.
                  </>
                )}
              </Empty>
            ) : (
              <ul>
                {inForce.map((one) => (
                  <InForce key={one.id} of={one} onLift={() => setLifting(one)} scope={scope} />
                ))}
              </ul>
            )}
          </Panel>
          {lifted.length > 0 && <History of={lifted} scope={scope} />}
        </>
      )}
      {stopping && <StopDialog scope={scope} onClose={() => setStopping(false)} />}
      {lifting && <LiftDialog of={lifting} scope={scope} onClose={() => setLifting(null)} />}
    </div>
  );
}

/** Before and after somebody has asked for it. */
const LIFT_LABELS = {
  one: ['Lift…', 'Lift…'],
  two: ['Propose lift…', 'Confirm lift…'],
  cool_down: ['Ask to lift…', 'Lift…'],
} as const;

function InForce({
  of,
  onLift,
  scope,
}: {
  readonly of: KillSwitch;
  readonly onLift: () => void;
  readonly scope: string;
}) {
  const { member } = useSession();
  const global = of.scope === 'global';
  const mayLift = useMay(global ? scope : of.tenant, 'lift', global ? 'GlobalKillSwitch' : 'KillSwitch');
  const cooling = of.liftRule === 'cool_down' && of.liftableAt != null;
  const now = useNow(cooling ? 1_000 : 10_000);
  const proposedByMe = of.liftRule === 'two' && of.liftProposedBy === member.name;
  const waitMs = cooling ? Math.max(0, Date.parse(of.liftableAt!) - now) : 0;
  const zone = useZone();
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-3 py-2 last:border-b-0">
      <div className="min-w-64 flex-1">
        <p className="text-13 font-medium">
          <Status tone="crit">
            {scopeWords(of, scope === ALL)} · {modeWords(of.mode)}
          </Status>
        </p>
        <p className="text-12 break-words text-muted">
          {of.reason} · {of.engagedBy} · {dateTime(of.engagedAt, zone)} · from record{' '}
          <span className="mono">#{of.engagedSeq}</span>
        </p>
        <p className={of.liftProposedBy ? 'text-12 text-ask' : 'text-12 text-muted'}>
          {cooling
            ? `${of.liftProposedBy} asked to lift it. ${waitMs > 0 ? `That can be done in ${Math.ceil(waitMs / 1000)} s.` : 'That can be done now.'}`
            : of.liftProposedBy
              ? `${proposedByMe ? 'You' : of.liftProposedBy} proposed to lift it; a second person has to confirm. Until then it stays stopped.`
              : of.liftRule === 'one'
                ? null
                : liftSentence(of.liftRule, of.lifters)}
        </p>
      </div>
      <dl className="flex gap-6 text-right">
        <div>
          <dt className="text-11 text-faint">For</dt>
          <dd>{duration(now - new Date(of.engagedAt).getTime())}</dd>
        </div>
        <div>
          <dt className="text-11 text-faint">Refused</dt>
          <dd className="font-semibold">{count(of.refused)}</dd>
        </div>
      </dl>
      <Button
        disabled={!mayLift || proposedByMe || waitMs > 0}
        title={
          !mayLift
            ? `Lifting takes ${global ? 'a platform administrator' : 'the role operator'}`
            : proposedByMe
              ? 'You proposed it: somebody else has to confirm'
              : waitMs > 0
                ? 'The cool-down is not over'
                : undefined
        }
        onClick={onLift}
      >
        {LIFT_LABELS[of.liftRule][of.liftProposedBy === null ? 0 : 1]}
      </Button>
    </li>
  );
}

function History({ of, scope }: { readonly of: readonly KillSwitch[]; readonly scope: string }) {
  const zone = useZone();
  return (
    <Panel title="History" note={`${of.length} lifted`} flush>
      <PlainTable
        label="Lifted stops"
        rows={of}
        idOf={({ id }) => id}
        columns={[
          {
            name: 'Stopped',
            render: ({ engagedAt }) => <span className="text-muted">{dateTime(engagedAt, zone)}</span>,
          },
          { name: 'What', render: (one) => scopeWords(one, scope === ALL) },
          { name: 'Mode', render: ({ mode }) => modeWords(mode) },
          {
            name: 'Reason',
            render: ({ reason, liftReason }) => (
              <span className="block max-w-[32ch] truncate" title={`${reason} → ${liftReason ?? ''}`}>
                {reason}
              </span>
            ),
          },
          { name: 'By', render: ({ engagedBy }) => engagedBy },
          { name: 'Lifted by', render: ({ liftedBy }) => liftedBy },
          {
            name: 'Lasted',
            render: ({ engagedAt, liftedAt }) => duration(Date.parse(liftedAt!) - Date.parse(engagedAt)),
          },
          { name: 'Refused', end: true, render: ({ refused }) => count(refused) },
        ]}
      />
    </Panel>
  );
}
