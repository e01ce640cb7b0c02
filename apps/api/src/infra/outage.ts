/** One line when something stops answering and one when it answers again, however often it is asked in between. */
import { Logger } from '@nestjs/common';

export class Outage {
  private readonly log: Logger;
  private since: number | undefined;
  private count = 0;

  /** `what`: as the sentence begins, "PostgreSQL". */
  constructor(private readonly what: string) {
    this.log = new Logger(what);
  }

  /** It did not answer, or could not be asked. */
  failed(error: unknown): void {
    this.count += 1;
    if (this.since !== undefined) return;
    this.since = Date.now();
    this.log.error(`${this.what} does not answer: ${messageOf(error)}`);
  }

  /** It answered. */
  answered(): void {
    if (this.since === undefined) return;
    const seconds = ((Date.now() - this.since) / 1000).toFixed(1);
    this.log.warn(`${this.what} answers again after ${seconds} s and ${this.count} failures`);
    this.since = undefined;
    this.count = 0;
  }
}

/**
 * One process talks to one database, whoever in it does. It answers when it has taken a write: a standby that is frozen,
 * or a full disk, still lets everybody read.
 */
export const databaseOutage = new Outage('PostgreSQL');
/** And to one Redis, where it has one. */
export const redisOutage = new Outage('Redis');
/** The queue, on either. */
export const queueOutage = new Outage('The job queue');

/** The innermost message: drivers wrap what the socket said. One line of it. */
function messageOf(error: unknown): string {
  let inner = error;
  for (let depth = 0; depth < 5 && inner instanceof Error && inner.cause !== undefined; depth += 1)
    inner = inner.cause;
  const said = inner as {
    readonly message?: unknown;
    readonly code?: unknown;
    readonly originalMessage?: unknown;
  };
  const text = said?.originalMessage ?? said?.message ?? inner;
  return (String(text) || String(said?.code)).split('\n').find((line) => line.trim() !== '') ?? 'no message';
}
