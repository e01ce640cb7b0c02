/** Behind a one-time link: the token stands after `#`, which no server log sees. */
import { Link } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { ApiError } from '../../shared/api/api-error.js';
import { post } from '../../shared/api/http.js';
import { Button } from '../../shared/ui/button.js';
import { TextField } from '../../shared/ui/field.js';
import { focusFirstField } from '../../shared/ui/first-field.js';
import { Frame } from './frame.js';
import { linkToken } from './link-token.js';

export default function SetPasswordPage() {
  const [done, setDone] = useState(false);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setPending(true);
    try {
      await post('/auth/set-password', {
        token: linkToken(),
        password: new FormData(event.currentTarget).get('password'),
      });
      history.replaceState(null, '', location.pathname);
      setDone(true);
    } catch (failure) {
      setError(
        failure instanceof ApiError ? (failure.at('password') ?? failure.message) : 'That did not work.',
      );
    } finally {
      setPending(false);
    }
  };
  return (
    <Frame title="Set your password">
      {done ? (
        <p>
          Your password is set.{' '}
          <Link to="/sign-in" className="text-accent underline">
            Sign in
          </Link>
        </p>
      ) : (
        <form ref={focusFirstField} className="flex flex-col gap-3" onSubmit={(event) => void send(event)}>
          <TextField
            label="New password"
            name="password"
            type="password"
            autoComplete="new-password"
            minLength={12}
            hint="At least 12 characters."
            required
            error={error}
          />
          <Button type="submit" kind="primary" pending={pending}>
            Set password
          </Button>
        </form>
      )}
    </Frame>
  );
}
