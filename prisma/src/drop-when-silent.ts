/**
 * A deadline on this side. PostgreSQL's own timeouts need a PostgreSQL that runs; one that is stopped, or behind a
 * connection that leads nowhere any more, says nothing for ever. What was asked then fails, and the socket is dropped:
 * whatever may still come of it is nobody's answer.
 */
import type { ClientBase } from 'pg';
import type { Socket } from 'node:net';

/** Looks like the operating system's own, so that whoever tells a lost connection tells this one too. */
export class DatabaseSilent extends Error {
  override readonly name = 'DatabaseSilent';
  readonly code = 'ETIMEDOUT';
  readonly errno = -110;
  readonly syscall = 'read';

  constructor(ms: number) {
    super(`PostgreSQL has not answered within ${ms / 1000} s`);
  }
}

interface Internals {
  readonly connection: { readonly stream: Socket };
  /** Nothing is asked. */
  readonly readyForQuery: boolean;
}

/**
 * For `onConnect` of one pool. Where one connection has gone silent those that lie idle are no better: they go too, so
 * that each does not cost somebody a deadline of its own.
 */
export function dropWhenSilent(ms: number): (client: ClientBase) => void {
  const open = new Set<Internals>();
  return (client) => {
    const internals = client as unknown as Internals;
    const { stream } = internals.connection;
    open.add(internals);
    stream.once('close', () => open.delete(internals));
    // The socket's own clock starts anew with every byte, either way.
    stream.setTimeout(ms, () => {
      if (internals.readyForQuery) return;
      for (const each of open)
        if (each === internals || each.readyForQuery) each.connection.stream.destroy(new DatabaseSilent(ms));
    });
  };
}
