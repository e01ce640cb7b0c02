/** What a page could not do, in words; never a stack. */
import type { ErrorComponentProps } from '@tanstack/react-router';
import { Link } from '@tanstack/react-router';
import { Empty, ErrorCard } from '../shared/ui/states.js';

export function Failure({ error, reset }: ErrorComponentProps) {
  return (
    <main className="mx-auto max-w-2xl p-6">
      <h1 className="sr-only">Something went wrong</h1>
      <ErrorCard error={error} onRetry={reset} />
    </main>
  );
}

export function NotFound() {
  return (
    <main className="p-6">
      <h1 className="sr-only">Not found</h1>
      <Empty
        title="There is nothing at this address"
        action={
          <Link to="/" className="text-accent underline">
            Go to the overview
          </Link>
        }
      >
        The tenant may not exist, or you may not belong to it.
      </Empty>
    </main>
  );
}
