/** An administrator's word for the database's clock, with its reason. */
import { ReasonDialog } from '../../shared/ui/reason-dialog.js';
import { notify } from '../../shared/ui/toast.js';
import { useAcknowledgeClock } from './clock.queries.js';

const CHIPS = ['The host was asleep', 'The clock was set right', 'The database was moved'];

export default function AcknowledgeClock({
  database,
  onClose,
}: {
  readonly database: string;
  readonly onClose: () => void;
}) {
  const acknowledge = useAcknowledgeClock();
  return (
    <ReasonDialog
      onClose={onClose}
      danger
      title="Acknowledge the database’s clock"
      description={`You say that ${database} is right. Decisions, quotas and windows go on by it. If it is wrong, set the clock instead: this alarm ends by itself.`}
      chips={CHIPS}
      confirmLabel="Acknowledge clock"
      onConfirm={async (reason) => {
        const { tenants } = await acknowledge.mutateAsync(reason);
        notify({
          title: 'The clock is acknowledged',
          description:
            tenants.length === 0 ? 'Agents are answered again.' : `Going on from now: ${tenants.join(', ')}.`,
        });
      }}
    />
  );
}
