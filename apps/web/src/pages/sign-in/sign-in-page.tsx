/** Password, then the second factor where it is owed. */
import { getRouteApi, Navigate } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { post, sessionState, type SessionState } from '../../shared/api/http.js';
import { rememberedTenant } from '../../shared/remembered-tenant.js';
import { Button } from '../../shared/ui/button.js';
import { TextField } from '../../shared/ui/field.js';
import { focusFirstField } from '../../shared/ui/first-field.js';
import { Frame } from './frame.js';

const route = getRouteApi('/sign-in');

export default function SignInPage() {
  const { next } = route.useSearch();
  const { data: initial } = useQuery({
    queryKey: ['session-state'],
    queryFn: sessionState,
    staleTime: 0,
    meta: { live: false },
  });
  const [reached, setReached] = useState<SessionState | null>(null);
  const state = reached ?? initial ?? 'signed_out';
  // A new document: nothing of who was here before stays in memory.
  const enter = (answer: SessionState) =>
    answer === 'signed_in' ? location.assign(next ?? '/') : setReached(answer);
  if (state === 'set_up') return <Navigate to="/set-up" />;
  return state === 'second_factor' ? (
    <SecondFactor onState={enter} />
  ) : (
    <Password next={next} onState={enter} />
  );
}

interface StepProps {
  readonly onState: (state: SessionState) => void;
}

function useStep(path: string, onState: StepProps['onState'], more: Record<string, string> = {}) {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setPending(true);
    setError(null);
    try {
      const { state } = (await post(path, {
        ...Object.fromEntries(new FormData(event.currentTarget)),
        ...more,
      })) as {
        state: SessionState;
      };
      onState(state);
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : 'That did not work.');
    } finally {
      setPending(false);
    }
  };
  return { pending, error, send };
}

function Password({ next, onState }: StepProps & { readonly next: string | undefined }) {
  // Which account is meant, where this address has several.
  const tenant = /^\/([a-z0-9-]+)/.exec(next ?? '')?.[1] ?? rememberedTenant();
  const { pending, error, send } = useStep('/auth/sign-in', onState, tenant ? { tenant } : {});
  return (
    <Frame title="Sign in">
      <form ref={focusFirstField} className="flex flex-col gap-3" onSubmit={(event) => void send(event)}>
        <TextField label="E-mail" name="email" type="email" autoComplete="username" required />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          error={error}
        />
        <Button type="submit" kind="primary" pending={pending} className="mt-1">
          Sign in
        </Button>
      </form>
    </Frame>
  );
}

function SecondFactor({ onState }: StepProps) {
  const { pending, error, send } = useStep('/auth/totp', onState);
  return (
    <Frame title="Second factor">
      <form ref={focusFirstField} className="flex flex-col gap-3" onSubmit={(event) => void send(event)}>
        <TextField
          label="Code from your authenticator, or a recovery code"
          name="code"
          autoComplete="one-time-code"
          maxLength={40}
          required
          error={error}
        />
        <Button type="submit" kind="primary" pending={pending}>
          Continue
        </Button>
      </form>
    </Frame>
  );
}
