/** Behind a member's link: whose it is and where it leads, then a new account or one that is proved. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiError } from '../../shared/api/api-error.js';
import { post, type SessionState } from '../../shared/api/http.js';
import { dateTime } from '../../shared/format.js';
import { Button } from '../../shared/ui/button.js';
import { TextField } from '../../shared/ui/field.js';
import { focusFirstField } from '../../shared/ui/first-field.js';
import { Empty, ErrorCard, Skeleton } from '../../shared/ui/states.js';
import { Status } from '../../shared/ui/status.js';
import { rememberTenant } from '../../shared/remembered-tenant.js';
import { useForm } from '../../shared/use-form.js';
import { Frame } from './frame.js';
import { linkToken } from './link-token.js';

interface LinkView {
  readonly email: string;
  readonly tenant: { readonly slug: string; readonly name: string };
  readonly madeBy: string;
  readonly expiresAt: string;
  readonly replaces: boolean;
}

export default function JoinPage() {
  // Kept for as long as the page stands: the address loses it once it is used.
  const [token] = useState(linkToken);
  const link = useQuery({
    queryKey: ['link', token],
    queryFn: () => post('/auth/link', { token }) as Promise<LinkView>,
    retry: false,
    staleTime: Infinity,
    meta: { live: false },
  });
  if (link.isPending)
    return (
      <Frame title="Your link">
        <Skeleton rows={3} />
      </Frame>
    );
  if (link.isError)
    return (
      <Frame title="Your link">
        {isDead(link.error) ? <Dead /> : <ErrorCard error={link.error} onRetry={() => void link.refetch()} />}
      </Frame>
    );
  return <Join token={token} link={link.data} />;
}

/** Gone, or never a link at all. */
const isDead = (error: unknown): boolean =>
  error instanceof ApiError && (error.code === 'GONE' || error.code === 'BAD_USER_INPUT');

function Dead() {
  return (
    <Empty
      title="This link does not work"
      tone="warn"
      action={
        <Link to="/sign-in" className="text-accent underline">
          Sign in
        </Link>
      }
    >
      It was used, replaced or is too old. Ask whoever gave it to you for a new one.
    </Empty>
  );
}

function Join({ token, link }: { readonly token: string; readonly link: LinkView }) {
  const [known, setKnown] = useState(false);
  const { email, tenant, madeBy, expiresAt, replaces } = link;
  const enter = () => {
    history.replaceState(null, '', location.pathname);
    if (tenant.slug.startsWith('_')) return location.assign('/');
    rememberTenant(tenant.slug);
    return location.assign(`/${tenant.slug}`);
  };
  return (
    <Frame title={`Join ${tenant.name}`}>
      <dl className="mb-4 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-13 [&_dt]:text-muted">
        <dt>For</dt>
        <dd className="font-medium break-all">{email}</dd>
        <dt>In</dt>
        <dd>{tenant.name}</dd>
        <dt>From</dt>
        <dd className="break-words">{madeBy}</dd>
        <dt>Until</dt>
        <dd>
          <time dateTime={expiresAt}>{dateTime(expiresAt, 'UTC')} UTC</time>
        </dd>
      </dl>
      {replaces && (
        <p className="mb-4 text-13">
          <Status tone="warn">Whoever signed in here for this person so far no longer can.</Status>
        </p>
      )}
      {known ? <WithAccount token={token} onIn={enter} /> : <WithPassword token={token} onIn={enter} />}
      <p className="mt-4 border-t border-line pt-3 text-13 text-muted">
        {known ? 'No account with this address yet? ' : 'You sign in to Reeve with this address already? '}
        <Button size="sm" kind="ghost" onClick={() => setKnown(!known)}>
          {known ? 'Set a password instead' : 'Use my account'}
        </Button>
      </p>
    </Frame>
  );
}

interface StepProps {
  readonly token: string;
  readonly onIn: () => void;
}

const NEW_PASSWORD = {
  type: 'password',
  autoComplete: 'new-password',
  minLength: 12,
  hint: 'At least 12 characters.',
  required: true,
} as const;

function WithPassword({ token, onIn }: StepProps) {
  const { pending, errorAt, submit } = useForm(async ({ password }) => {
    await post('/auth/link/new-account', { token, password });
    onIn();
  });
  return (
    <form ref={focusFirstField} className="flex flex-col gap-3" onSubmit={submit}>
      <TextField
        label="Choose a password"
        name="password"
        {...NEW_PASSWORD}
        error={errorAt('password', true)}
      />
      <Button type="submit" kind="primary" pending={pending}>
        Set password and join
      </Button>
    </form>
  );
}

/** Old password, new password and, where it is in use, the second factor: whoever else knew the old one stays behind. */
function WithAccount({ token, onIn }: StepProps) {
  const [owesCode, setOwesCode] = useState(false);
  const { pending, errorAt, submit } = useForm(
    async (given) => {
      const { state } = (await post('/auth/link/existing-account', { token, ...given })) as {
        state: SessionState;
      };
      if (state === 'signed_in') onIn();
      else setOwesCode(true);
    },
    { keep: true },
  );
  return (
    <form ref={focusFirstField} className="flex flex-col gap-3" onSubmit={submit}>
      <TextField
        label="Your password so far"
        name="password"
        type="password"
        autoComplete="current-password"
        required
        error={errorAt('password', !owesCode)}
      />
      <TextField label="A new password" name="newPassword" {...NEW_PASSWORD} error={errorAt('newPassword')} />
      {owesCode && (
        <TextField
          label="Code from your authenticator, or a recovery code"
          name="code"
          autoComplete="one-time-code"
          maxLength={40}
          required
          error={errorAt('code', true)}
        />
      )}
      <p className="text-12 text-muted">
        The account joins with a new password, and is signed out everywhere else.
      </p>
      <Button type="submit" kind="primary" pending={pending}>
        Prove it and join
      </Button>
    </form>
  );
}
