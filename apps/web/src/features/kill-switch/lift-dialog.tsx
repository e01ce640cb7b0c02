/** Starting is deliberate: the name typed, a reason, and where it is asked for a second person. */
import { liftSentence, typedToLift } from '@reeve/policy/stops';
import { ALL, useSession } from '../../shared/api/session.js';
import { ago, count } from '../../shared/format.js';
import { ReasonDialog } from '../../shared/ui/reason-dialog.js';
import { notify } from '../../shared/ui/toast.js';
import { modeWords, scopeWords, useLift, type KillSwitch } from './kill-switch.queries.js';

const CHIPS = ['Cause found and fixed', 'False alarm, checked', 'Drill is over now'];

export function LiftDialog({
  of,
  scope,
  onClose,
}: {
  readonly of: KillSwitch;
  readonly scope: string;
  readonly onClose: () => void;
}) {
  const lift = useLift();
  const { tenants } = useSession();
  // The API is asked in a tenant, also about a global stop.
  const tenant = of.scope === 'global' ? (scope === ALL ? tenants[0]!.tenant.slug : scope) : of.tenant;
  const name = scopeWords(of, scope === ALL);
  const asking = of.liftRule !== 'one' && of.liftProposedBy === null;
  return (
    <ReasonDialog
      onClose={onClose}
      hazard
      title={asking ? `${of.liftRule === 'two' ? 'Propose' : 'Ask'} to lift: ${name}` : `Lift: ${name}`}
      description={
        asking
          ? `${liftSentence(of.liftRule, of.lifters)} Until then it stays stopped.`
          : 'It is lifted as soon as this returns.'
      }
      chips={CHIPS}
      typed={typedToLift(of, of.tenant)}
      confirmLabel={asking ? (of.liftRule === 'two' ? 'Propose lift' : 'Begin the cool-down') : 'Lift'}
      onConfirm={async (reason, confirm) => {
        const { liftedAt, liftRule } = await lift.mutateAsync({
          tenant,
          id: of.id,
          expectedVersion: of.version,
          confirm,
          reason,
        });
        notify(
          liftedAt === null
            ? liftRule === 'two'
              ? { title: 'Lift proposed', description: 'Somebody else has to confirm it.' }
              : { title: 'Cool-down begun', description: 'When it is over, lift it from the Panic page.' }
            : { title: `Lifted: ${name}`, description: 'Agents may act again, as the policy says.' },
        );
      }}
    >
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 rounded-control bg-sunken p-3 text-13">
        <dt className="text-muted">Stopped</dt>
        <dd>
          {modeWords(of.mode)}, {ago(of.engagedAt)} by {of.engagedBy}
        </dd>
        <dt className="text-muted">Because</dt>
        <dd>{of.reason}</dd>
        <dt className="text-muted">Refused since</dt>
        <dd>{count(of.refused)} evaluations</dd>
        {of.liftProposedBy && (
          <>
            <dt className="text-muted">{of.liftRule === 'two' ? 'Lift proposed' : 'Lift asked for'}</dt>
            <dd>by {of.liftProposedBy}</dd>
          </>
        )}
      </dl>
    </ReasonDialog>
  );
}
