/** Recovery codes: shown once when the second factor is turned on, and made anew whenever somebody wants. */
import { useState } from 'react';
import { useSession } from '../../shared/api/session.js';
import { CopyText } from '../../shared/records/copyable.js';
import { Button } from '../../shared/ui/button.js';
import { Dialog } from '../../shared/ui/dialog.js';
import { TextField } from '../../shared/ui/field.js';
import { Status } from '../../shared/ui/status.js';
import { useForm } from '../../shared/use-form.js';
import { CODE, PASSWORD } from './credential-fields.js';
import { renewRecoveryCodes } from './session.queries.js';

/** From here on one is told to make new ones. */
const FEW = 3;

export function RecoveryCodes() {
  const { recoveryCodes: left } = useSession().member;
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const renew = useForm(async ({ password = '', code = '' }) =>
    setCodes(await renewRecoveryCodes(password, code)),
  );
  return (
    <form className="grid gap-4 border-t border-line pt-4 sm:grid-cols-2" onSubmit={renew.submit}>
      <p className="sm:col-span-2">
        <Status tone={left <= FEW ? 'warn' : 'ok'}>
          {left} recovery codes left. Each signs in once without the authenticator.
        </Status>
      </p>
      <TextField label="Password for new codes" {...PASSWORD} error={renew.errorAt('password')} />
      <TextField label="Code for new codes" {...CODE} error={renew.errorAt('code', true)} />
      <Button type="submit" pending={renew.pending} className="justify-self-start">
        Make new recovery codes
      </Button>
      {codes && <CodesShown codes={codes} onClose={() => setCodes(null)} />}
    </form>
  );
}

export function CodesShown({
  codes,
  onClose,
}: {
  readonly codes: readonly string[];
  readonly onClose: () => void;
}) {
  return (
    <Dialog
      open
      onClose={onClose}
      title="Your recovery codes"
      footer={
        <Button kind="primary" onClick={onClose}>
          I have kept them
        </Button>
      }
    >
      <div className="flex flex-col gap-3 pb-2">
        <p>
          <Status tone="warn">Shown this once. Reeve keeps only hashes of them.</Status>
        </p>
        <p className="text-13 text-muted">
          Keep them where you find them without your phone. Each works once; codes made earlier work no more.
        </p>
        <div className="flex items-start gap-1 rounded-control bg-sunken px-3 py-2">
          <ul
            aria-label="Recovery codes"
            className="grid min-w-0 flex-1 gap-x-4 gap-y-1 font-mono text-13 sm:grid-cols-2"
          >
            {codes.map((code) => (
              <li key={code}>{code}</li>
            ))}
          </ul>
          <CopyText text={codes.join('\n')} label="Copy recovery codes" />
        </div>
      </div>
    </Dialog>
  );
}
