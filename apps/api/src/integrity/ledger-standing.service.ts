/** The knowledge of a ledger: where it stands, what of it was checked, what is kept beside its records. */
import { Injectable } from '@nestjs/common';
import type { AdminActor } from '../auth/admin-actor.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { DomainError } from '../infra/errors.js';
import type { Side } from '../ledger/abridged.js';
import { Changes } from '../ledger/changes.js';
import { IntegrityRepository } from './integrity.repository.js';
import type { LedgerHead } from './ledger-head.model.js';
import { standingOf } from './standing.js';

@Injectable()
export class LedgerStanding {
  constructor(
    private readonly ledgers: IntegrityRepository,
    private readonly changes: Changes,
  ) {}

  async head(tenant: TenantScope): Promise<LedgerHead> {
    const { head, check } = await this.ledgers.standing(tenant.id);
    if (head === null) throw new DomainError('not_found', 'There is no such ledger.');
    return {
      seq: String(head.seq),
      hash: head.hash,
      state: standingOf(check, Date.now()),
      verifiedSeq: String(check?.provedSeq ?? 0),
      verifiedAt: check?.provedAt ?? null,
      wholeAt: check?.wholeAt ?? null,
      checkingSeq: String(check?.passSeq ?? 0),
      broken: check?.broken ?? null,
      lost: check?.lost ?? null,
    };
  }

  /** The side that was too long for a record, as canonical JSON; its SHA-256 stands in the record. */
  async whole(tenant: TenantScope, seq: bigint, side: Side): Promise<string> {
    const kept = await this.ledgers.attachments(tenant.id, [seq]);
    const content = kept.find((one) => one.side === side)?.content;
    if (content === undefined)
      throw new DomainError('not_found', 'Nothing is kept beside this record.', { path: '/seq' });
    return content;
  }

  /** Takes note of records that are lost: the alarm goes out, the record of it and of who did so stay. */
  acknowledgeLoss(actor: AdminActor, tenant: TenantScope, reason: string): Promise<boolean> {
    return this.changes.make(
      actor,
      { tenantId: tenant.id, action: 'ledger.acknowledge_loss', reason },
      async (tx) => {
        const lost = await this.ledgers.clearLoss(tx, tenant.id);
        if (lost === null) throw new DomainError('conflict', 'Nothing is known to be lost.');
        return { target: 'ledger', before: { lost }, after: { lost: null }, result: true };
      },
    );
  }
}
