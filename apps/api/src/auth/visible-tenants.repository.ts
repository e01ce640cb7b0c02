import { Injectable } from '@nestjs/common';
import type { Tenant } from '@reeve/db';
import { PLATFORM_TENANT_ID } from '../infra/config.js';
import { Database } from '../infra/database.js';

@Injectable()
export class VisibleTenantsRepository {
  constructor(private readonly database: Database) {}

  bySlug(slug: string): Promise<Tenant | null> {
    return this.database.app.tenant.findUnique({ where: { slug } });
  }

  /** All, or these; by name, without the platform, which is nobody's tenant. */
  list(ids: 'all' | readonly string[]): Promise<Tenant[]> {
    const theirs = ids === 'all' ? {} : { in: [...ids] };
    return this.database.app.tenant.findMany({
      where: { id: { not: PLATFORM_TENANT_ID, ...theirs } },
      orderBy: { name: 'asc' },
    });
  }
}
