/** A small form: what it sends, whether it is under way, and where the API says it is wrong. */
import { useState, type FormEvent } from 'react';
import { ApiError } from './api/api-error.js';

/** `keep`: what was typed stays after it was sent, for a form that asks for more. */
export function useForm(
  send: (values: Record<string, string>) => Promise<unknown>,
  { keep = false }: { readonly keep?: boolean } = {},
) {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    setPending(true);
    setError(null);
    try {
      await send(Object.fromEntries(new FormData(form)) as Record<string, string>);
      if (!keep) form.reset();
    } catch (failure) {
      setError(failure instanceof ApiError ? failure : new ApiError('INTERNAL', 'That did not work.'));
    } finally {
      setPending(false);
    }
  };
  /** The message for one input; the last input also shows what belongs to none. */
  const errorAt = (path: string, last = false) =>
    error && (error.at(path) ?? (last && error.problems.length === 0 ? error.message : null));
  return { pending, errorAt, submit: (event: FormEvent<HTMLFormElement>) => void submit(event) };
}
