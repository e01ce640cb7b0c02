/** People who could lift something, and by whom they were changed. */
import { Injectable } from '@nestjs/common';
import { Database, nameTenants, type Tx } from '../infra/database.js';
import { PLATFORM_TENANT_ID } from '../infra/config.js';

/** Somebody who can sign in. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly platformAdmin: boolean;
  /** In the tenant at hand. */
  readonly roles: readonly string[];
}

@Injectable()
export class LiftersRepository {
  constructor(private readonly database: Database) {}

  /**
   * Members of the tenant and administrators of the platform who sign in; a person who is both is one, by the id that
   * they act with.
   */
  async people(tenantId: string, tx?: Tx): Promise<Person[]> {
    const owners = [tenantId, PLATFORM_TENANT_ID];
    const read = (within: Tx) => within.$queryRaw<Person[]>`
      SELECT * FROM (
        SELECT DISTINCT ON (account_id) id, name, roles, tenant_id = ${PLATFORM_TENANT_ID}::uuid AS "platformAdmin"
        FROM membership
        WHERE tenant_id = ANY (${owners}::uuid[])
          AND account_id IS NOT NULL AND disabled_at IS NULL AND removed_at IS NULL
        ORDER BY account_id, tenant_id = ${PLATFORM_TENANT_ID}::uuid DESC
      ) AS people ORDER BY name, id`;
    if (tx === undefined) return this.database.read(owners, read);
    await nameTenants(tx, owners);
    const people = await read(tx);
    await nameTenants(tx, tenantId);
    return people;
  }

  /**
   * Times at which somebody else last changed each of these people since then: added them, gave roles, made a link.
   * Whoever opens a link says that they are that person; it may have been made before.
   */
  async changedByOthers(
    tx: Tx,
    tenantId: string,
    memberIds: readonly string[],
    since: Date,
  ): Promise<Map<string, Date>> {
    await nameTenants(tx, [tenantId, PLATFORM_TENANT_ID]);
    const rows = await tx.$queryRaw<{ id: string; at: Date }[]>`
      SELECT substr(target, 8) AS id, max(at) AS at FROM audit_record
      WHERE tenant_id = ANY (${[tenantId, PLATFORM_TENANT_ID]}::uuid[]) AND at >= ${since} AND kind = 'change'
        AND target = ANY (${memberIds.map((id) => `member:${id}`)}::text[])
          AND (target <> 'member:' || actor_id OR action = 'member.join')
      GROUP BY target`;
    await nameTenants(tx, tenantId);
    return new Map(rows.map(({ id, at }) => [id, at]));
  }
}
