/**
 * A way for changes to go, with connections of its own. In it one change of a tenant is under way, others of that tenant
 * wait in turn, and nobody else's: so many changes of one tenant are one connection's work.
 */
import { createPrisma, type PrismaClient } from '@reeve/db';
import type { Config } from '../infra/config.js';
import { DomainError } from '../infra/errors.js';
import { FewAtATime } from '../infra/few-at-a-time.js';

/** Of one tenant, under way and waiting. */
export const CHANGES_MAX = 32;
const CONNECTIONS = 5;

export class ChangeLane {
  private readonly client: PrismaClient;
  private readonly tenants = new FewAtATime({ atATime: 1, max: CHANGES_MAX }, tooMany);

  constructor({ databaseUrl: connectionString, statementMs: silenceMs }: Config) {
    this.client = createPrisma({ connectionString, silenceMs, role: 'reeve_ledger', max: CONNECTIONS });
  }

  /** Throws `rate_limited` where too many of this tenant's wait. */
  run<T>(tenantId: string, work: (client: PrismaClient) => Promise<T>): Promise<T> {
    return this.tenants.run(tenantId, () => work(this.client));
  }

  close(): Promise<void> {
    return this.client.$disconnect();
  }
}

const tooMany = () =>
  new DomainError('rate_limited', 'Too many changes of this tenant are waiting. Try again in a moment.', {
    details: { retryAfterSeconds: 1 },
  });
