/** A list, or why there is none: not read yet, not to be read, nothing in it. What was read last stays, with its age. */
import type { ReactNode } from 'react';
import { ErrorCard, Skeleton } from '../ui/states.js';

export interface Read {
  /** Something was read, be it nothing. */
  readonly loaded: boolean;
  readonly error: Error | null;
  /** Epoch ms of the last time anything was read. */
  readonly at: number;
  readonly retry: () => void;
}

/** A query, to whoever only asks whether it was read. */
export const readOf = ({
  data,
  error,
  dataUpdatedAt: at,
  refetch,
}: {
  readonly data: unknown;
  readonly error: Error | null;
  readonly dataUpdatedAt: number;
  readonly refetch: () => Promise<unknown>;
}): Read => ({ loaded: data !== undefined, error, at, retry: () => void refetch() });

interface ListStateProps {
  readonly of: Read;
  readonly isEmpty: boolean;
  /** Instead of a list without rows. */
  readonly empty: ReactNode;
  /** Of the list that is waited for. */
  readonly lines?: number;
  readonly children: ReactNode;
}

export function ListState({ of, isEmpty, empty, lines = 6, children }: ListStateProps) {
  const { loaded, error } = of;
  return (
    <>
      <ReadError of={of} />
      {!loaded && !error && <Skeleton rows={lines} />}
      {loaded && !isEmpty && children}
      {loaded && isEmpty && !error && empty}
    </>
  );
}

/** It was not to be read, now or again. */
export function ReadError({ of: { loaded, error, at, retry } }: { readonly of: Read }) {
  return error && <ErrorCard error={error} onRetry={retry} asOf={loaded ? at : undefined} />;
}
