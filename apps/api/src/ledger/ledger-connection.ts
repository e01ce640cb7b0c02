/**
 * One connection of the role reeve_ledger. Pipelines may follow each other without waiting; they run in the order sent.
 * What is not answered by its deadline fails, and the connection with it: whether it happened nobody knows then.
 */
import type { Socket } from 'node:net';
import { DatabaseSilent } from '@reeve/db';
import pg from 'pg';
import { Pipeline, Prepared, type Statement } from './pipeline.js';

export { DatabaseSilent };

interface Connected {
  readonly client: pg.Client;
  readonly stream: Socket;
  readonly prepared: Prepared;
}

export class LedgerConnection {
  private connected: Connected | undefined;
  private connecting: Promise<Connected> | undefined;

  constructor(
    private readonly connectionString: string,
    private readonly deadlineMs: number,
  ) {}

  /** Everything that is sent within `work` has to be answered by one deadline. Throws `DatabaseSilent` otherwise. */
  async within<T>(work: () => Promise<T>): Promise<T> {
    let done = false;
    // An answer that has arrived while this process was busy is read before it is missed.
    const late = setTimeout(() => setImmediate(() => done || this.drop()), this.deadlineMs);
    try {
      return await work();
    } finally {
      done = true;
      clearTimeout(late);
    }
  }

  /** Runs the statements in one round trip and throws the first failure. A transaction left open is the caller's to end. */
  async pipeline(statements: readonly Statement[]): Promise<pg.Result[]> {
    const { client, stream, prepared } = this.connected ?? (await (this.connecting ??= this.connect()));
    return new Promise((resolve, reject) => {
      // Written together: otherwise each message is a system call of its own.
      stream.cork();
      client.query(new Pipeline(statements, prepared, resolve, reject));
      stream.uncork();
    });
  }

  /** After a failure in an open transaction: rolls back, or drops a connection that can't be trusted any more. */
  async recover(): Promise<void> {
    try {
      await this.within(async () => this.connected?.client.query('ROLLBACK'));
    } catch {
      this.drop();
    }
  }

  async close(): Promise<void> {
    const client = this.connected?.client;
    this.connected = undefined;
    await client?.end().catch(() => undefined);
  }

  private drop(): void {
    const stream = this.connected?.stream;
    this.connected = undefined;
    stream?.destroy(new DatabaseSilent(this.deadlineMs));
  }

  private async connect(): Promise<Connected> {
    const client = new pg.Client({
      connectionString: this.connectionString,
      // A handful of statements, run for ever: planning them anew for each batch costs more than running them.
      options: '-c role=reeve_ledger -c plan_cache_mode=force_generic_plan',
      application_name: 'reeve-ledger',
      keepAlive: true,
      connectionTimeoutMillis: this.deadlineMs,
      // A head that stays locked is PostgreSQL's to tell, before this side stops to listen: the connection stays good.
      lock_timeout: Math.round(this.deadlineMs * 0.8),
      statement_timeout: Math.round(this.deadlineMs * 0.9),
      pipeline: true,
    });
    client.on('error', () => {
      if (this.connected?.client === client) this.connected = undefined;
    });
    try {
      await client.connect();
      const { stream } = (client as unknown as { readonly connection: { readonly stream: Socket } })
        .connection;
      return (this.connected = { client, stream, prepared: new Prepared() });
    } catch (error) {
      throw (error as Error).message === 'timeout expired' ? new DatabaseSilent(this.deadlineMs) : error;
    } finally {
      this.connecting = undefined;
    }
  }
}
