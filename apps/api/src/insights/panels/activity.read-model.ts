import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database.js';
import type { Activity } from '../overview.model.js';

@Injectable()
export class ActivityReadModel {
  constructor(private readonly database: Database) {}

  /** Within the past 30 days. */
  async read(tenantIds: readonly string[]): Promise<Activity> {
    const [row] = await this.database.read(
      tenantIds,
      (tx) => tx.$queryRaw<Activity[]>`
        SELECT min(at) AS first, max(at) AS last FROM audit_record
        WHERE tenant_id = ANY (${[...tenantIds]}::uuid[]) AND kind = 'evaluation' AND at >= now() - interval '30 days'`,
    );
    return row ?? { first: null, last: null };
  }
}
