import { setTimeout as sleep } from 'node:timers/promises';

/** For what was accepted to be answered and all to be closed, once the port is. */
const DEADLINE_MS = 12_000;

interface Exit {
  /** Not to be asked any more: it still serves for this long, so that proxies turn away first. */
  readonly drainMs?: number;
  drain?(): void;
  /** The way out: what was accepted is answered, then all is closed. */
  close(): Promise<unknown>;
}

/** Ends the process in order on the first SIGTERM, SIGINT or SIGHUP. A second signal does not wait. */
export function stopOnSignal({ drainMs = 0, drain, close }: Exit): void {
  let stopping = false;
  const stop = async () => {
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(() => process.exit(1), drainMs + DEADLINE_MS).unref();
    try {
      drain?.();
      await sleep(drainMs);
      await close();
      process.exit(0);
    } catch {
      process.exit(1);
    }
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void stop());
}
