import { Injectable } from '@nestjs/common';
import { GENESIS } from '@reeve/audit';
import type { Prisma, Tenant } from '@reeve/db';
import { PLATFORM_TENANT_ID } from '../infra/config.js';
import { Database, nameTenants } from '../infra/database.js';
import type { LedgerTx } from '../ledger/changes.js';

@Injectable()
export class TenantsRepository {
  constructor(private readonly database: Database) {}

  async byId(id: string): Promise<Tenant> {
    return this.database.app.tenant.findUniqueOrThrow({ where: { id } });
  }

  bySlug(slug: string): Promise<Tenant | null> {
    return this.database.app.tenant.findUnique({ where: { slug } });
  }

  async slugs(): Promise<string[]> {
    const rows = await this.database.app.tenant.findMany({
      where: { id: { not: PLATFORM_TENANT_ID } },
      select: { slug: true },
    });
    return rows.map(({ slug }) => slug);
  }

  find(tx: LedgerTx, id: string): Promise<Tenant> {
    return tx.tenant.findUniqueOrThrow({ where: { id } });
  }

  /** With an empty ledger of its own. */
  async create(
    tx: LedgerTx,
    tenant: Prisma.TenantUncheckedCreateInput & { createdAt: Date },
  ): Promise<Tenant> {
    const created = await tx.tenant.create({ data: tenant });
    await nameTenants(tx, tenant.id);
    await tx.ledgerHead.create({ data: { tenantId: tenant.id, hash: GENESIS, at: tenant.createdAt } });
    return created;
  }

  update(tx: LedgerTx, id: string, data: Prisma.TenantUpdateInput): Promise<Tenant> {
    return tx.tenant.update({ where: { id }, data: { ...data, version: { increment: 1 } } });
  }
}
