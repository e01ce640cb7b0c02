/** The first administrator of an empty deployment; the token is in the link that the server printed. */
import { useState, type FormEvent } from 'react';
import { ApiError } from '../../shared/api/api-error.js';
import { post } from '../../shared/api/http.js';
import { Button } from '../../shared/ui/button.js';
import { TextField } from '../../shared/ui/field.js';
import { focusFirstField } from '../../shared/ui/first-field.js';
import { Empty } from '../../shared/ui/states.js';
import { Frame } from './frame.js';
import { linkToken } from './link-token.js';

export default function SetUpPage() {
  const token = linkToken();
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const at = (path: string) => (error instanceof ApiError ? error.at(path) : null);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setPending(true);
    try {
      await post('/auth/set-up', { token, ...Object.fromEntries(new FormData(event.currentTarget)) });
      location.assign('/');
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };
  if (token === '')
    return (
      <Frame title="Set up Reeve">
        <Empty title="Open the set-up link">
          The server printed a one-time link when it started. It makes the first administrator.
        </Empty>
      </Frame>
    );
  return (
    <Frame title="Set up Reeve">
      <form ref={focusFirstField} className="flex flex-col gap-3" onSubmit={(event) => void send(event)}>
        <TextField label="Your name" name="name" autoComplete="name" required error={at('name')} />
        <TextField
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          required
          error={at('email')}
        />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="new-password"
          minLength={12}
          hint="At least 12 characters."
          required
          error={at('password') ?? (error instanceof Error ? error.message : null)}
        />
        <Button type="submit" kind="primary" pending={pending}>
          Create the first administrator
        </Button>
      </form>
    </Frame>
  );
}
