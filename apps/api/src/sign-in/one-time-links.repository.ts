/** One-time links, hashed and short-lived. One that was used, replaced or is too old is not there. */
import { Injectable } from '@nestjs/common';
import type { Membership, OneTimeLink, Tenant } from '@reeve/db';
import { PLATFORM_TENANT_ID } from '../infra/config.js';
import { Database } from '../infra/database.js';
import { SYSTEM } from '../ledger/actor.js';
import type { LedgerTx } from '../ledger/changes.js';
import { newLink, placeOf } from './one-time-link.js';

/** A link to a member's place, and what it is worth: no more than whoever made it may still give. */
export interface MemberLink {
  readonly link: OneTimeLink;
  readonly tenant: Tenant;
  readonly member: Membership;
  /** null: the system itself, or somebody who is gone. */
  readonly maker: Membership | null;
}

@Injectable()
export class OneTimeLinksRepository {
  constructor(private readonly database: Database) {}

  /** For whoever starts an empty Reeve. Works until somebody has used one. */
  async issueSetup(now = new Date()): Promise<string> {
    const { token, row } = newLink(PLATFORM_TENANT_ID, null, SYSTEM.id, now);
    await this.database.note(PLATFORM_TENANT_ID, (tx) => tx.oneTimeLink.create({ data: row }));
    return token;
  }

  async find(token: string): Promise<MemberLink | null> {
    const place = placeOf(token);
    if (place === null) return null;
    return this.database.read([place.tenantId, PLATFORM_TENANT_ID], (tx) => this.findIn(tx, token));
  }

  /** In a transaction that has named the link's tenant and the platform. */
  async findIn(tx: LedgerTx, token: string, now = new Date()): Promise<MemberLink | null> {
    const place = placeOf(token);
    if (place === null) return null;
    const { tenantId } = place;
    const link = await tx.oneTimeLink.findUnique({ where: { tenantId_tokenHash: place } });
    if (link === null || link.memberId === null || link.expiresAt <= now) return null;
    const member = await tx.membership.findUnique({
      where: { tenantId_id: { tenantId, id: link.memberId } },
    });
    const tenant = await tx.tenant.findUnique({ where: { id: tenantId } });
    if (member === null || tenant === null) return null;
    const maker = await tx.membership.findFirst({
      where: { id: link.madeBy, tenantId: { in: [tenantId, PLATFORM_TENANT_ID] } },
      orderBy: { tenantId: 'asc' },
    });
    return { link, tenant, member, maker };
  }

  /** Uses a set-up link up. False when it is unknown, too old or was used. */
  async takeSetup(tx: LedgerTx, token: string, now: Date): Promise<boolean> {
    const place = placeOf(token);
    if (place?.tenantId !== PLATFORM_TENANT_ID) return false;
    const where = { ...place, memberId: null, expiresAt: { gt: now } };
    return (await tx.oneTimeLink.deleteMany({ where })).count === 1;
  }

  /** The links to this place are dead. */
  async end(tx: LedgerTx, tenantId: string, memberId: string): Promise<void> {
    await tx.oneTimeLink.deleteMany({ where: { tenantId, memberId } });
  }

  /** The one link to this place: what was made before is dead. */
  async replace(tx: LedgerTx, tenantId: string, memberId: string, madeBy: string, now: Date) {
    await this.end(tx, tenantId, memberId);
    const { token, row } = newLink(tenantId, memberId, madeBy, now);
    await tx.oneTimeLink.create({ data: row });
    return { token, expiresAt: row.expiresAt };
  }
}
