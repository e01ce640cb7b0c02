/**
 * The store's client. A pool runs as one database role from its first statement to its last: the role is
 * part of the connection's start-up, so no code path can forget to set it.
 */
import { PrismaPg } from '@prisma/adapter-pg';
import { dropWhenSilent } from './drop-when-silent.js';
import { PrismaClient } from './generated/client.js';

export { DatabaseSilent, dropWhenSilent } from './drop-when-silent.js';
export * from './generated/client.js';
export { migrate, type MigrationReport } from './migrate.js';

/** `reeve_app` reads under row-level security; `reeve_ledger` writes what comes with evidence, `reeve_telemetry` spans. */
export type DatabaseRole = 'reeve_app' | 'reeve_ledger' | 'reeve_telemetry';

export interface PrismaSettings {
  connectionString: string;
  /** Left out: the owner named in the connection string (migrations and seeds only). */
  role?: DatabaseRole;
  /** Connections in this pool. */
  max?: number;
  applicationName?: string;
  /** How long a statement may stay unanswered, and a connection be waited for. */
  silenceMs?: number;
}

const SILENCE_MS = 10_000;

/** Settings for any `pg` pool or client that must run as the given role. */
export function poolConfig({
  connectionString,
  role,
  max = 10,
  applicationName = 'reeve',
  silenceMs = SILENCE_MS,
}: PrismaSettings) {
  return {
    connectionString,
    max,
    application_name: applicationName,
    keepAlive: true,
    connectionTimeoutMillis: silenceMs,
    onConnect: dropWhenSilent(silenceMs),
    ...(role === undefined ? {} : { options: `-c role=${role}` }),
  };
}

export function createPrisma(settings: PrismaSettings): PrismaClient {
  return new PrismaClient({ adapter: new PrismaPg(poolConfig(settings)) });
}
