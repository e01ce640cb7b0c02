import { Injectable } from '@nestjs/common';
import { kindsOf, PIPELINE, type Kind } from '@reeve/policy';
import type { TenantScope } from '../auth/tenant-scope.js';
import { Database } from '../infra/database.js';
import type { LedgerTx } from '../ledger/changes.js';
import type { TenantAhead } from './clock.model.js';

type Tenant = Pick<TenantScope, 'id' | 'slug'>;
export interface Ahead extends TenantAhead {
  readonly id: string;
}

const KINDS = kindsOf(PIPELINE);
const ROWS_AT_ONCE = 1_000;

@Injectable()
export class ClockRepository {
  constructor(private readonly database: Database) {}

  /** Every tenant, by id. */
  async tenants(): Promise<Tenant[]> {
    return this.database.app.tenant.findMany({ select: { id: true, slug: true } });
  }

  /** Those of them whose last record is more than `byMs` later than the database's clock. */
  async ahead(tenants: readonly Tenant[], byMs: number): Promise<Ahead[]> {
    const ids = tenants.map(({ id }) => id);
    const rows = await this.database.read(
      ids,
      (tx) => tx.$queryRaw<{ tenantId: string; lastRecordAt: Date; now: number }[]>`
        SELECT tenant_id AS "tenantId", at AS "lastRecordAt", now FROM ledger_head, ledger_now() AS now
        WHERE tenant_id = ANY(${ids}::uuid[]) AND at > to_timestamp((now + ${byMs}) / 1000)`,
    );
    const slugs = new Map(tenants.map(({ id, slug }) => [id, slug]));
    return rows.map(({ tenantId, lastRecordAt, now }) => ({
      id: tenantId,
      slug: slugs.get(tenantId)!,
      lastRecordAt,
      database: new Date(now),
    }));
  }

  async lastRecordAt(tx: LedgerTx, tenantId: string): Promise<Date> {
    return (await tx.ledgerHead.findUniqueOrThrow({ where: { tenantId } })).at;
  }

  /** What state says of later than now counts as now: it holds for no longer than it would, and nothing comes early. */
  async setBack(tx: LedgerTx, tenantId: string, now: Date): Promise<void> {
    for (const kind of KINDS)
      for (let after = ''; ;) {
        const rows = await tx.decisionState.findMany({
          where: { tenantId, kind: kind.name, key: { gt: after } },
          select: { key: true, state: true },
          orderBy: { key: 'asc' },
          take: ROWS_AT_ONCE,
        });
        for (const { key, state: text } of rows) {
          const data = setBack(kind, text, now.getTime());
          if (data === null) continue;
          const where = { tenantId_kind_key: { tenantId, kind: kind.name, key } };
          await tx.decisionState.update({ where, data });
        }
        if (rows.length < ROWS_AT_ONCE) break;
        after = rows.at(-1)!.key;
      }
  }
}

/** null: it says nothing of later, or can't be read; then nothing is decided by it either. */
function setBack(kind: Kind, text: string, now: number): { state: string; expiresAt: Date | null } | null {
  let before: unknown;
  try {
    before = kind.read(text);
  } catch {
    return null;
  }
  const state = kind.notAfter(before, now);
  if (state === before) return null;
  const expiresAt = kind.expiresAt(state);
  return { state: kind.write(state), expiresAt: expiresAt === null ? null : new Date(expiresAt) };
}
