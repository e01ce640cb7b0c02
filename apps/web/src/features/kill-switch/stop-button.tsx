/** Stops what stands beside it: the dialog opens with it chosen. */
import { OctagonX } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../shared/api/session.js';
import { Button } from '../../shared/ui/button.js';
import { StopDialog } from './stop-dialog.js';
import type { StopOf } from './stoppable.js';

export function StopButton({ tenant, of }: { readonly tenant: string; readonly of: StopOf }) {
  const may = useMay(tenant, 'engage', 'KillSwitch');
  const [open, setOpen] = useState(false);
  if (!may) return null;
  return (
    <>
      <Button
        size="sm"
        kind="danger"
        icon={<OctagonX size={13} aria-hidden />}
        title={`Stop ${of.scope} ${of.target}`}
        onClick={() => setOpen(true)}
      >
        Stop {of.scope}…
      </Button>
      {open && <StopDialog scope={tenant} of={of} onClose={() => setOpen(false)} />}
    </>
  );
}
