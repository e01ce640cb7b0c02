/**
 * Telemetry's own connections, of a role that may write spans and their sums and nothing else: however much comes in,
 * decisions and changes have theirs.
 */
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { poolConfig } from '@reeve/db';
import pg from 'pg';
import { CONFIG, type Config } from '../infra/config.js';

export const CONNECTIONS = 3;

@Injectable()
export class TelemetryDatabase implements OnApplicationShutdown {
  private readonly pool: pg.Pool;

  constructor(@Inject(CONFIG) { databaseUrl: connectionString, statementMs: silenceMs }: Config) {
    this.pool = new pg.Pool({
      ...poolConfig({
        connectionString,
        silenceMs,
        role: 'reeve_telemetry',
        max: CONNECTIONS,
        applicationName: 'reeve-telemetry',
      }),
      statement_timeout: Math.round(silenceMs * 0.9),
    });
    // A connection that lies idle and is lost is made anew when it is needed.
    this.pool.on('error', () => undefined);
  }

  /** One transaction in which this tenant is named. Everything `work` throws rolls it back. */
  async transaction<T>(tenantId: string, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    let broken: unknown;
    try {
      await client.query('BEGIN');
      await client.query(`SELECT set_config('app.tenant_ids', $1, true)`, [tenantId]);
      const result = await work(client);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      broken = await client.query('ROLLBACK').then(
        () => undefined,
        (lost: unknown) => lost,
      );
      throw error;
    } finally {
      client.release(broken instanceof Error ? broken : undefined);
    }
  }

  /** A statement of no tenant. */
  async run<R extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<R[]> {
    return (await this.pool.query<R>(sql, values)).rows;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}
