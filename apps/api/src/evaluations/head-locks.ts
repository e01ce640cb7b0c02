/** Which heads somebody else holds at this moment. Asked on a connection of its own, beside what is pending. */
import type { LedgerConnection } from '../ledger/ledger-connection.js';
import type { Statement } from '../ledger/pipeline.js';

/** $1: tenant ids. Answers with those whose head is there and locked, and waits for none of them. */
const LOCKED = `
  WITH free AS (
    SELECT tenant_id FROM ledger_head WHERE tenant_id = ANY ($1::uuid[]) FOR UPDATE SKIP LOCKED
  )
  SELECT tenant_id AS "tenantId" FROM ledger_head
  WHERE tenant_id = ANY ($1::uuid[]) AND tenant_id NOT IN (SELECT tenant_id FROM free)`;

export class HeadLocks {
  constructor(private readonly connection: LedgerConnection) {}

  async among(tenantIds: readonly string[]): Promise<ReadonlySet<string>> {
    const name: Statement = {
      name: 'name_tenants',
      text: `SELECT set_config('app.tenant_ids', $1, true)`,
      values: [tenantIds.join(',')],
      unread: true,
    };
    const locked: Statement = { name: 'locked_heads', text: LOCKED, values: [tenantIds] };
    const [, found] = await this.connection.within(() => this.connection.pipeline([name, locked]));
    return new Set((found!.rows as { tenantId: string }[]).map(({ tenantId }) => tenantId));
  }

  close(): Promise<void> {
    return this.connection.close();
  }
}

/** SQLSTATE lock_not_available: a lock was not had for as long as this side waits for one. */
export const isLockNotAvailable = (error: unknown): boolean =>
  (error as { code?: unknown } | null)?.code === '55P03';
