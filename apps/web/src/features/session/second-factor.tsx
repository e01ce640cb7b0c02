/** TOTP (RFC 6238): shown once as a QR code and a key, counted after the first right code. */
import { useState } from 'react';
import { useSession } from '../../shared/api/session.js';
import { qrImage } from '../../shared/qr.js';
import { Button } from '../../shared/ui/button.js';
import { TextField } from '../../shared/ui/field.js';
import { focusFirstField } from '../../shared/ui/first-field.js';
import { Status } from '../../shared/ui/status.js';
import { notify } from '../../shared/ui/toast.js';
import { useForm } from '../../shared/use-form.js';
import { ANY_CODE, CODE, PASSWORD } from './credential-fields.js';
import { CodesShown, RecoveryCodes } from './recovery-codes.js';
import { confirmTotp, disableTotp, enableTotp, refreshSession } from './session.queries.js';

interface Secret {
  readonly secret: string;
  readonly uri: string;
}

export function SecondFactor() {
  const { member } = useSession();
  const [secret, setSecret] = useState<Secret | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const kept = () => {
    setCodes(null);
    setSecret(null);
    void refreshSession();
  };
  if (codes !== null) return <CodesShown codes={codes} onClose={kept} />;
  if (member.totpEnabled) return <InUse />;
  return secret === null ? <Off onSecret={setSecret} /> : <Confirm of={secret} onCodes={setCodes} />;
}

function InUse() {
  const disable = useForm(async ({ password = '', code = '' }) => {
    await disableTotp(password, code);
    notify({ title: 'The second factor is off' });
  });
  return (
    <div className="flex flex-col gap-4">
      <form className="grid gap-4 sm:grid-cols-2" onSubmit={disable.submit}>
        <p className="sm:col-span-2">
          <Status tone="ok">On. Signing in takes a code from your authenticator.</Status>
        </p>
        <TextField label="Password" {...PASSWORD} error={disable.errorAt('password')} />
        <TextField label="Code" {...ANY_CODE} error={disable.errorAt('code', true)} />
        <Button type="submit" kind="danger" pending={disable.pending} className="justify-self-start">
          Turn off
        </Button>
      </form>
      <RecoveryCodes />
    </div>
  );
}

function Off({ onSecret }: { readonly onSecret: (secret: Secret) => void }) {
  const enable = useForm(async ({ password = '' }) => onSecret(await enableTotp(password)));
  return (
    <form className="flex flex-col gap-3" onSubmit={enable.submit}>
      <p>
        <Status tone="unknown">Off. With an authenticator app a stolen password is useless.</Status>
      </p>
      <TextField
        label="Your password"
        {...PASSWORD}
        className="max-w-60"
        error={enable.errorAt('password', true)}
      />
      <Button type="submit" pending={enable.pending} className="self-start">
        Set up
      </Button>
    </form>
  );
}

function Confirm({
  of: { secret, uri },
  onCodes,
}: {
  readonly of: Secret;
  readonly onCodes: (codes: readonly string[]) => void;
}) {
  const confirm = useForm(async ({ code = '' }) => onCodes(await confirmTotp(code)));
  return (
    <form ref={focusFirstField} className="flex flex-col gap-3" onSubmit={confirm.submit}>
      <div className="flex flex-wrap items-start gap-4">
        <img
          src={qrImage(uri)}
          alt="QR code of the key"
          width={200}
          height={200}
          className="rounded-control border border-line"
        />
        <div className="flex min-w-52 flex-1 flex-col gap-3">
          <p>
            Scan this with your authenticator,{' '}
            <a className="text-accent underline" href={uri}>
              open it there
            </a>{' '}
            or type the key. It is not shown again.
          </p>
          <code className="rounded-control bg-sunken p-3 text-center text-14 break-all select-all">
            {secret}
          </code>
          <TextField
            label="Code from your authenticator"
            {...CODE}
            error={confirm.errorAt('code', true)}
            className="max-w-60"
          />
          <Button type="submit" kind="primary" pending={confirm.pending} className="self-start">
            Turn on
          </Button>
        </div>
      </div>
    </form>
  );
}
