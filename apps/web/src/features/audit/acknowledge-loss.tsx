/** Takes note of answered records that are gone: the alarm goes out, who said so and why stays. */
import { useState } from 'react';
import { useSession } from '../../shared/api/session.js';
import { Button } from '../../shared/ui/button.js';
import { ReasonDialog } from '../../shared/ui/reason-dialog.js';
import { notify } from '../../shared/ui/toast.js';
import { useAcknowledgeLoss } from './ledger-head.queries.js';

const CHIPS = ['A standby was promoted', 'Restored from a backup', 'Investigated, and kept elsewhere'];

export function AcknowledgeLoss({ tenant, lost }: { readonly tenant: string; readonly lost: string }) {
  const { member } = useSession();
  const [open, setOpen] = useState(false);
  const acknowledge = useAcknowledgeLoss(tenant);
  if (!member.platformAdmin) return null;
  return (
    <>
      <Button size="sm" kind="danger" onClick={() => setOpen(true)}>
        Acknowledge loss…
      </Button>
      {open && (
        <ReasonDialog
          onClose={() => setOpen(false)}
          danger
          title={`Acknowledge lost records of ${tenant}`}
          description={`${lost} The alarm goes out; the records do not come back. A record says who took note of it.`}
          chips={CHIPS}
          confirmLabel="Acknowledge loss"
          onConfirm={async (reason) => {
            await acknowledge.mutateAsync(reason);
            notify({ title: 'The loss is acknowledged', description: 'It stands in the audit log.' });
          }}
        />
      )}
    </>
  );
}
