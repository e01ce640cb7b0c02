/**
 * The reading door. `read` is a read-only transaction of the database role reeve_app with its tenants named for
 * row-level security; there is no other way to read a tenant's rows. `app` is for what governs nothing (sessions,
 * one-time links, drafts): PostgreSQL refuses it every governed table. Writing what is governed goes through
 * ledger/changes.ts.
 */
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createPrisma, type Prisma, type PrismaClient } from '@reeve/db';
import { CONFIG, type Config } from './config.js';

export type Tx = Prisma.TransactionClient;

@Injectable()
export class Database implements OnApplicationShutdown {
  readonly app: PrismaClient;

  constructor(@Inject(CONFIG) config: Config) {
    const { databaseUrl: connectionString, statementMs: silenceMs } = config;
    this.app = createPrisma({ connectionString, silenceMs, role: 'reeve_app', max: 10 });
  }

  /** Reads rows of exactly these tenants. `accountId` also shows where that account belongs. */
  read<T>(
    tenants: string | readonly string[],
    work: (tx: Tx) => Promise<T>,
    options: { accountId?: string } = {},
  ): Promise<T> {
    return this.app.$transaction(async (tx) => {
      await tx.$executeRaw`SET TRANSACTION READ ONLY`;
      await nameTenants(tx, tenants, options.accountId);
      return work(tx);
    }, TRANSACTION);
  }

  /** Writes of reeve_app to tenant tables that govern nothing: drafts, when a key was last seen, what was verified. */
  note<T>(tenantId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.app.$transaction(async (tx) => {
      await nameTenants(tx, tenantId);
      return work(tx);
    }, TRANSACTION);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.app.$disconnect();
  }
}

const TRANSACTION = { maxWait: 10_000, timeout: 60_000 };

/** Names the tenants whose rows the rest of the transaction may touch. Local to the transaction. */
export async function nameTenants(
  tx: Tx,
  tenants: string | readonly string[],
  accountId = '',
): Promise<void> {
  const ids = typeof tenants === 'string' ? tenants : tenants.join(',');
  await tx.$queryRaw`SELECT set_config('app.tenant_ids', ${ids}, true), set_config('app.account_id', ${accountId}, true)`;
}
