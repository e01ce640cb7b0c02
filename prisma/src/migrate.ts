/**
 * Promises: brings a database to this program's schema, once, however many processes start at the same time.
 *
 * Same folders, `_prisma_migrations` rows, checksums and advisory lock as Prisma's own `migrate deploy`, so
 * the two can be used in turn; no engine binary is needed. Each migration is one transaction: it happened
 * wholly or not at all (hence no CREATE INDEX CONCURRENTLY, and a new enum value is used in a later file).
 */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import pg from 'pg';

/** The lock Prisma's engine takes, so that it and we exclude each other. */
const PRISMA_ADVISORY_LOCK = 72707369;

export interface MigrationReport {
  /** Names of the migrations this call applied, oldest first. */
  applied: string[];
  /** Names found in the database that this program does not know: a newer release was here. */
  ahead: string[];
}

export interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

interface AppliedRow {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
}

/** The migrations on disk, oldest first. Found through the package, because callers are bundled. */
export function readMigrations(
  folder = join(dirname(createRequire(import.meta.url).resolve('@reeve/db/package.json')), 'migrations'),
): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'migration.sql')))
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}

export async function migrate(url: string, migrations = readMigrations()): Promise<MigrationReport> {
  const client = new pg.Client({ connectionString: url, application_name: 'reeve-migrate' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [PRISMA_ADVISORY_LOCK]);
    return await applyPending(client, migrations);
  } finally {
    await client.end(); // ends the session, which releases the lock
  }
}

async function applyPending(client: pg.Client, migrations: Migration[]): Promise<MigrationReport> {
  const rows = await readApplied(client);
  const known = new Set(migrations.map(({ name }) => name));
  const ahead = [...rows.keys()].filter((name) => !known.has(name));
  const applied: string[] = [];
  for (const migration of migrations) {
    const row = rows.get(migration.name);
    if (row === undefined) {
      await apply(client, migration);
      applied.push(migration.name);
    } else if (row.finished_at === null) {
      throw new Error(
        `migration ${migration.name} was left unfinished by another tool; resolve it by hand first`,
      );
    } else if (row.checksum !== migration.checksum) {
      throw new Error(`migration ${migration.name} was edited after it was applied; write a new one instead`);
    }
  }
  return { applied, ahead };
}

async function readApplied(client: pg.Client): Promise<Map<string, AppliedRow>> {
  await client.query(`create table if not exists "_prisma_migrations" (
    "id" varchar(36) primary key not null,
    "checksum" varchar(64) not null,
    "finished_at" timestamptz,
    "migration_name" varchar(255) not null,
    "logs" text,
    "rolled_back_at" timestamptz,
    "started_at" timestamptz not null default now(),
    "applied_steps_count" integer not null default 0
  )`);
  const { rows } = await client.query<AppliedRow>(
    `select migration_name, checksum, finished_at from "_prisma_migrations"
      where rolled_back_at is null order by started_at`,
  );
  return new Map(rows.map((row) => [row.migration_name, row]));
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query('begin');
    await client.query(sql);
    await client.query(
      `insert into "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       values ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback').catch(() => undefined);
    throw new Error(`migration ${name} failed and was rolled back: ${describe(cause, sql)}`, { cause });
  }
}

/** PostgreSQL says where in the text it stumbled; a line number is what a person can use. */
function describe(cause: unknown, sql: string): string {
  if (!(cause instanceof Error)) return String(cause);
  const position = Number((cause as { position?: string }).position);
  return position > 0
    ? `${cause.message} (line ${sql.slice(0, position).split('\n').length})`
    : cause.message;
}
