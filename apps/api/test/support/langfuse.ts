/** A tenant with a Langfuse connected, a clock that a test turns, and what came of pulling. */
import pg from 'pg';
import type { INestApplicationContext } from '@nestjs/common';
import { Pulling } from '../../src/langfuse/pulling.service.js';
import { REASON, startApp, type Credential, type TestApp } from './app.js';
import { KEYS, type FakeLangfuse } from './fake-langfuse.js';

export const WHY = `reason: ${JSON.stringify(REASON)}`;
const DAY_MS = 86_400_000;

export interface Connected {
  readonly reeve: TestApp;
  readonly owner: Credential;
  readonly tenantId: string;
  readonly slug: string;
  readonly connectionId: string;
  /** As the owner of the database sees them, with the tenant named. */
  rows<R extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<R[]>;
  pull(): Promise<PullRow | undefined>;
  connection(): Promise<Record<string, unknown>>;
  backfill(days?: number): Promise<string>;
  ask(mutation: string): Promise<Record<string, unknown>>;
}

/** The newest of the connection's backfills, or its window. */
export interface PullRow {
  readonly state: string;
  readonly part: string;
  readonly pages: number;
  readonly rows: number;
  readonly rejected: number;
  readonly scores: number;
  readonly error: string | null;
  readonly cursor: string | null;
  readonly resume_at: Date | null;
}

/** Stands still from when it is first looked at, and goes on when it is told. */
export class Clock {
  private ms: number | undefined;
  readonly now = (): Date => new Date((this.ms ??= Date.now() + 1_000));
  pass(seconds: number): void {
    this.ms = this.now().getTime() + seconds * 1_000;
  }
}

export const startWith = (fake: Pick<FakeLangfuse, 'host'>, more: Record<string, string> = {}) =>
  startApp({ REEVE_LANGFUSE_HOSTS: fake.host, ...more });

export const round = (app: Pick<INestApplicationContext, 'get'>, clock: Clock): Promise<void> =>
  app.get(Pulling).round(clock.now);

export async function connect(
  reeve: TestApp,
  slug: string,
  { url }: Pick<FakeLangfuse, 'url'>,
): Promise<Connected> {
  const tenantId = await reeve.addTenant(slug);
  const owner = await reeve.addMember(tenantId, `owner@${slug}.test`, ['owner']);
  const ask = async (mutation: string): Promise<Record<string, unknown>> => {
    const { data, errors } = await reeve.graphql(owner, `mutation { result: ${mutation} }`);
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return data!['result'] as Record<string, unknown>;
  };
  const keys = `publicKey: "${KEYS.publicKey}", secretKey: "${KEYS.secretKey}"`;
  const { id } = await ask(`connectLangfuse(tenant: "${slug}", baseUrl: "${url}", ${keys}, ${WHY}) { id }`);
  const connectionId = id as string;
  const rows = async <R extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<R[]> => {
    const client = new pg.Client(reeve.database.url);
    await client.connect();
    try {
      await client.query(`SELECT set_config('app.tenant_ids', $1, false)`, [tenantId]);
      return (await client.query<R>(sql, values)).rows;
    } finally {
      await client.end();
    }
  };
  return {
    reeve,
    owner,
    tenantId,
    slug,
    connectionId,
    rows,
    ask,
    pull: async () => {
      const [row] = await rows<PullRow>(
        `SELECT *, rows::int, rejected::int, scores::int FROM langfuse_pull WHERE connection_id = $1
         ORDER BY kind = 'backfill' DESC, created_at DESC LIMIT 1`,
        [connectionId],
      );
      return row;
    },
    connection: async () => {
      const { data } = await reeve.graphql(
        owner,
        `{ langfuseConnections(tenant: "${slug}") { id state error generation projectName traceUrl watermark rows rejected scores hint version
          backfills { id state share pages rows rejected error } } }`,
      );
      return (data!['langfuseConnections'] as Record<string, unknown>[])[0]!;
    },
    backfill: async (days = 25) => {
      const from = new Date(Date.now() - days * DAY_MS).toISOString();
      const backfill = `tenant: "${slug}", connectionId: "${connectionId}", from: "${from}"`;
      return (await ask(`startLangfuseBackfill(${backfill}, ${WHY}) { id }`))['id'] as string;
    },
  };
}
