/**
 * One connection of the role reeve_ledger with pipelining: the statements of a batch are written together and cost one
 * round trip. PostgreSQL runs them in order; after a failed one it refuses the rest up to the rollback, so a COMMIT that
 * was already sent can't commit half a batch.
 */
import type { Socket } from 'node:net';
import pg from 'pg';

export interface Statement {
  /** Prepared under this name on first use. */
  readonly name?: string;
  readonly text: string;
  readonly values?: unknown[];
}

export class LedgerConnection {
  private client: pg.Client | undefined;

  constructor(private readonly connectionString: string) {}

  /** Runs the statements in one round trip. The first failure is thrown; the caller rolls back. */
  async flight(statements: readonly Statement[]): Promise<pg.QueryResult[]> {
    const client = await this.connected();
    // Written together: otherwise each statement is a system call of its own.
    const { stream } = (client as unknown as { readonly connection: { readonly stream: Socket } }).connection;
    stream.cork();
    const asked = statements.map((statement) => client.query(statement as pg.QueryConfig));
    stream.uncork();
    const answers = await Promise.allSettled(asked);
    return answers.map((answer) => {
      if (answer.status === 'rejected') throw answer.reason;
      return answer.value;
    });
  }

  /** After a failure: rolls back, or drops a connection that can't be trusted any more. */
  async recover(): Promise<void> {
    try {
      await this.client?.query('ROLLBACK');
    } catch {
      await this.close();
    }
  }

  async close(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }

  private async connected(): Promise<pg.Client> {
    if (this.client !== undefined) return this.client;
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
      if (this.client === client) this.client = undefined;
    });
    await client.connect();
    this.client = client;
    return client;
  }
}
