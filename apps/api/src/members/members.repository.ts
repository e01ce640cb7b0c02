import { Injectable } from '@nestjs/common';
import type { Membership } from '@reeve/db';
import { Database } from '../infra/database.js';

@Injectable()
export class MembersRepository {
  constructor(private readonly database: Database) {}

  list(tenantId: string): Promise<Membership[]> {
    return this.database.read(tenantId, (tx) =>
      tx.membership.findMany({
        where: { tenantId, removedAt: null },
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
      }),
    );
  }
}
