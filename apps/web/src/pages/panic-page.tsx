/** What is stopped, by whom, did it take effect, and what it refused. */
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
import { ALL, slugsIn, useMay, useSession } from '../shared/api/session.js';
import { ago, count, dateTime, duration } from '../shared/format.js';
import { useZone } from '../shared/url/use-zone.js';
import { Button } from '../shared/ui/button.js';
import { useNow } from '../shared/use-now.js';
import { PageHead, Panel } from '../shared/ui/panel.js';
import { Empty, ErrorCard, Skeleton } from '../shared/ui/states.js';
import { Status } from '../shared/ui/status.js';

const route = getRouteApi('/$scope');

export default function PanicPage() {
  const { scope } = route.useParams();
  const { data, error, refetch } = useKillSwitches(slugsIn(useSession(), scope), false);
  const mayStop = useMay(scope, 'engage', 'KillSwitch');
  const [stopping, setStopping] = useState(false);
  const [lifting, setLifting] = useState<KillSwitch | null>(null);
  const inForce = data?.filter(({ liftedAt }) => liftedAt === null) ?? [];
  const lifted = data?.filter(({ liftedAt }) => liftedAt !== null) ?? [];

  return (
    <div className="flex flex-col gap-3">
      <PageHead
        title="Panic switch"
        note={inForce.length === 0 ? 'nothing is stopped' : `${inForce.length} in force`}
        actions={
          mayStop && (
            <Button kind="danger" icon={<OctagonX size={15} aria-hidden />} onClick={() => setStopping(true)}>
              Stop tools…
            </Button>
          )
        }
      />
      {error && <ErrorCard error={error} onRetry={refetch} />}
      {!data && !error && <Skeleton />}
      {data && (
        <>
          <Panel title="In force" note="nothing recorded after a stop is allowed, on any replica" flush>
            {inForce.length === 0 ? (
              <Empty tone="ok" title="Nothing is stopped">
                {lifted[0]
                  ? `The last stop was lifted ${ago(lifted[0].liftedAt!)}.`
                  : 'No stop has been made here yet. Shift P opens the dialog from any page.'}
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
  const now = useNow();
  const proposedByMe = of.liftProposedBy === member.name;
  const zone = useZone();
  return (
    <li className="flex items-center gap-4 border-b border-line px-3 py-2 last:border-b-0">
      <div className="min-w-0 flex-1">
        <p className="text-13 font-medium">
          <Status tone="crit">
            {scopeWords(of, scope === ALL)} · {modeWords(of.mode)}
          </Status>
        </p>
        <p className="truncate text-12 text-muted">
          {of.reason} · {of.engagedBy} · {dateTime(of.engagedAt, zone)} · from record{' '}
          <span className="mono">#{of.engagedSeq}</span>
        </p>
        {of.liftProposedBy && (
          <p className="text-12 text-ask">
            {proposedByMe ? 'You' : of.liftProposedBy} proposed to lift it; a second person has to confirm.
            Until then it stays stopped.
          </p>
        )}
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
        disabled={!mayLift || proposedByMe}
        title={
          !mayLift
            ? `Lifting takes ${global ? 'a platform administrator' : 'the role operator'}`
            : proposedByMe
              ? 'You proposed it: somebody else has to confirm'
              : undefined
        }
        onClick={onLift}
      >
        {of.needsSecondPerson ? (of.liftProposedBy ? 'Confirm lift…' : 'Propose lift…') : 'Lift…'}
      </Button>
    </li>
  );
}

function History({ of, scope }: { readonly of: readonly KillSwitch[]; readonly scope: string }) {
  const zone = useZone();
  return (
    <Panel title="History" note={`${of.length} lifted`} flush>
      <div className="relative overflow-x-auto">
        <table className="w-full text-13">
          <thead>
            <tr className="text-left text-12 text-faint">
              {['Stopped', 'What', 'Mode', 'Reason', 'By', 'Lifted by', 'Lasted', 'Refused'].map((name) => (
                <th key={name} scope="col" className="px-3 py-1.5 font-medium last:text-right">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {of.map((one) => (
              <tr key={one.id} className="h-7 border-t border-line">
                <td className="px-3 whitespace-nowrap text-muted">{dateTime(one.engagedAt, zone)}</td>
                <td className="px-3">{scopeWords(one, scope === ALL)}</td>
                <td className="px-3 whitespace-nowrap">{modeWords(one.mode)}</td>
                <td className="max-w-[32ch] truncate px-3" title={`${one.reason} → ${one.liftReason ?? ''}`}>
                  {one.reason}
                </td>
                <td className="px-3">{one.engagedBy}</td>
                <td className="px-3">{one.liftedBy}</td>
                <td className="px-3 whitespace-nowrap">
                  {duration(new Date(one.liftedAt!).getTime() - new Date(one.engagedAt).getTime())}
                </td>
                <td className="px-3 text-right">{count(one.refused)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
