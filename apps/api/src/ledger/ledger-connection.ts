/** One connection of the role reeve_ledger. Flights may follow each other without waiting; they run in the order sent. */
import type { Socket } from 'node:net';
import pg from 'pg';
import { Flight, Prepared, type Statement } from './flight.js';

interface Connected {
  readonly client: pg.Client;
  readonly stream: Socket;
  readonly prepared: Prepared;
}

export class LedgerConnection {
  private connected: Connected | undefined;
  private connecting: Promise<Connected> | undefined;

  constructor(private readonly connectionString: string) {}

  /** Runs the statements in one round trip and throws the first failure. A transaction left open is the caller's to end. */
  async flight(statements: readonly Statement[]): Promise<pg.Result[]> {
    const { client, stream, prepared } = this.connected ?? (await (this.connecting ??= this.connect()));
    return new Promise((landed, failed) => {
      // Written together: otherwise each message is a system call of its own.
      stream.cork();
      client.query(new Flight(statements, prepared, landed, failed));
      stream.uncork();
    });
  }

  /** After a failure in an open transaction: rolls back, or drops a connection that can't be trusted any more. */
  async recover(): Promise<void> {
    try {
      await this.connected?.client.query('ROLLBACK');
    } catch {
      await this.close();
    }
  }

  async close(): Promise<void> {
    const client = this.connected?.client;
    this.connected = undefined;
    await client?.end().catch(() => undefined);
  }

  private async connect(): Promise<Connected> {
    const client = new pg.Client({
      connectionString: this.connectionString,
      // A handful of statements, run for ever: planning them anew for each batch costs more than running them.
      options: '-c role=reeve_ledger -c plan_cache_mode=force_generic_plan',
      application_name: 'reeve-ledger',
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      // A head that stays locked for longer is a fault: answer 503, which a PEP treats as deny.
      lock_timeout: 10_000,
      statement_timeout: 20_000,
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
    } finally {
      this.connecting = undefined;
    }
  }
}
