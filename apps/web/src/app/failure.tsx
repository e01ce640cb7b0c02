/** A page's failure in words; never a stack. */
import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { Link, useLocation } from '@tanstack/react-router';
import { PageHead } from '../shared/ui/panel.js';
import { Empty, ErrorCard } from '../shared/ui/states.js';
import { destinationAt } from './destinations.js';

export function Failure(props: ErrorComponentProps) {
  return (
    <main className="mx-auto max-w-2xl p-6">
      <PageFailure {...props} />
    </main>
  );
}

/** Inside the shell: the way on, and the panic button, stay where they are. */
export function PageFailure({ error, reset }: ErrorComponentProps) {
  // Else what failed to be read is thrown again without being asked for.
  const { reset: forget } = useQueryErrorResetBoundary();
  const retry = () => {
    forget();
    reset();
  };
  const here = destinationAt(useLocation().pathname);
  return (
    <div className="flex flex-col gap-3">
      {here ? <PageHead title={here.label} /> : <h1 className="sr-only">Something went wrong</h1>}
      <ErrorCard error={error} onRetry={retry} />
    </div>
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
