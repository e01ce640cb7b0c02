/** TOTP (RFC 6238): shown once as a key and a link, counted after the first right code. */
import { useState } from 'react';
import { useSession } from '../../shared/api/session.js';
import { Button } from '../../shared/ui/button.js';
import { TextField } from '../../shared/ui/field.js';
import { focusFirstField } from '../../shared/ui/first-field.js';
import { Status } from '../../shared/ui/status.js';
import { notify } from '../../shared/ui/toast.js';
import { confirmTotp, disableTotp, enableTotp } from './session.queries.js';
import { useForm } from './use-form.js';

const CODE = {
  name: 'code',
  inputMode: 'numeric',
  autoComplete: 'one-time-code',
  pattern: '\\d{6}',
  maxLength: 6,
  required: true,
} as const;
const PASSWORD = {
  name: 'password',
  type: 'password',
  autoComplete: 'current-password',
  required: true,
} as const;

export function SecondFactor() {
  const { member } = useSession();
  const [secret, setSecret] = useState<{ secret: string; uri: string } | null>(null);
  const enable = useForm(async ({ password = '' }) => setSecret(await enableTotp(password)));
  const confirm = useForm(async ({ code = '' }) => {
    await confirmTotp(code);
    setSecret(null);
    notify({ title: 'The second factor is on' });
  });
  const disable = useForm(async ({ password = '', code = '' }) => {
    await disableTotp(password, code);
    notify({ title: 'The second factor is off' });
  });

  if (member.totpEnabled)
    return (
      <form className="grid grid-cols-2 gap-4" onSubmit={disable.submit}>
        <p className="col-span-2">
          <Status tone="ok">On. Signing in takes a code from your authenticator.</Status>
        </p>
        <TextField label="Password" {...PASSWORD} error={disable.errorAt('password')} />
        <TextField label="Code" {...CODE} error={disable.errorAt('code', true)} />
        <Button type="submit" kind="danger" pending={disable.pending} className="justify-self-start">
          Turn off
        </Button>
      </form>
    );
  if (secret !== null)
    return (
      <form ref={focusFirstField} className="flex flex-col gap-3" onSubmit={confirm.submit}>
        <p>
          Add this key to your authenticator, or{' '}
          <a className="text-accent underline" href={secret.uri}>
            open it there
          </a>
          . It is not shown again.
        </p>
        <code className="rounded-control bg-sunken p-3 text-center text-14 break-all select-all">
          {secret.secret}
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
      </form>
    );
  return (
    <form className="flex flex-col gap-3" onSubmit={enable.submit}>
      <p>
        <Status tone="unknown">Off. With an authenticator app a stolen password is useless.</Status>
      </p>
      <TextField
        label="Your password"
        {...PASSWORD}
        className="w-60"
        error={enable.errorAt('password', true)}
      />
      <Button type="submit" pending={enable.pending} className="self-start">
        Set up
      </Button>
    </form>
  );
}
