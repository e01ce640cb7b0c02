import { Injectable } from '@nestjs/common';
import { PLATFORM_TENANT_ID } from '../infra/config.js';
import { Database } from '../infra/database.js';

@Injectable()
export class ActorNamesRepository {
  constructor(private readonly database: Database) {}

  async of(tenantIds: readonly string[], ids: string[]): Promise<Map<string, string>> {
    const select = { id: true, name: true };
    const rows = await this.database.read([...tenantIds, PLATFORM_TENANT_ID], async (tx) => [
      ...(await tx.apiKey.findMany({ where: { id: { in: ids } }, select })),
      ...(await tx.membership.findMany({ where: { id: { in: ids } }, select })),
    ]);
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}
