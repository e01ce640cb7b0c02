import { Injectable } from '@nestjs/common';
import type { SealedRecord } from '@reeve/audit';
import { Prisma, type LedgerCheck, type LedgerHead } from '@reeve/db';
import { Database } from '../infra/database.js';
import type { LedgerTx } from '../ledger/changes.js';

/** A record at its place, whatever its payload says of that. */
export interface PlacedRecord extends SealedRecord {
  readonly seq: bigint;
  readonly kind: string;
}

/** One side of a change, kept beside its record. */
export interface Attachment {
  readonly seq: bigint;
  readonly side: string;
  readonly content: string;
}

@Injectable()
export class IntegrityRepository {
  constructor(private readonly database: Database) {}

  async tenantIds(): Promise<string[]> {
    return (await this.database.app.tenant.findMany({ select: { id: true } })).map(({ id }) => id);
  }

  /** The head is read before any record: what it names is there then. */
  standing(tenantId: string): Promise<{ head: LedgerHead | null; check: LedgerCheck | null }> {
    return this.database.read(tenantId, async (tx) => ({
      head: await tx.ledgerHead.findUnique({ where: { tenantId } }),
      check: await tx.ledgerCheck.findUnique({ where: { tenantId } }),
    }));
  }

  /** In the order of their places, up to and including `upTo`. */
  after(tenantId: string, seq: bigint, upTo: bigint, take: number): Promise<PlacedRecord[]> {
    return this.database.read(
      tenantId,
      (tx) => tx.$queryRaw<PlacedRecord[]>`
        SELECT seq, kind, payload, hash, hmac, key_id AS key FROM audit_record
        WHERE tenant_id = ${tenantId}::uuid AND seq > ${seq} AND seq <= ${upTo} ORDER BY seq LIMIT ${take}`,
    );
  }

  attachments(tenantId: string, seqs: readonly bigint[]): Promise<Attachment[]> {
    return this.database.read(tenantId, (tx) =>
      tx.auditAttachment.findMany({
        where: { tenantId, seq: { in: [...seqs] } },
        select: { seq: true, side: true, content: true },
      }),
    );
  }

  /** The hashes of the records at those places, in their order; null where there is none. */
  async hashesAt(places: readonly { tenantId: string; seq: number }[]): Promise<(string | null)[]> {
    if (places.length === 0) return [];
    const tenantIds = places.map(({ tenantId }) => tenantId);
    const rows = await this.database.read(
      [...new Set(tenantIds)],
      (tx) =>
        tx.$queryRaw<{ hash: string | null }[]>`
          SELECT r.hash FROM unnest(${tenantIds}::uuid[], ${places.map(({ seq }) => seq)}::bigint[])
            WITH ORDINALITY AS p(tenant_id, seq, place)
          LEFT JOIN audit_record r ON r.tenant_id = p.tenant_id AND r.seq = p.seq ORDER BY p.place`,
    );
    return rows.map(({ hash }) => hash);
  }

  /** The ledger's row is there. */
  async noteLoss(tx: LedgerTx, tenantId: string, lost: string): Promise<void> {
    await tx.ledgerCheck.updateMany({ where: { tenantId }, data: { lost } });
  }

  /** The loss, which from now on is known; null when nothing was. */
  async clearLoss(tx: LedgerTx, tenantId: string): Promise<string | null> {
    const check = await tx.ledgerCheck.findUnique({ where: { tenantId } });
    if (check?.lost == null) return null;
    await tx.ledgerCheck.updateMany({ where: { tenantId }, data: { lost: null } });
    return check.lost;
  }

  async note(tenantId: string, data: Partial<Omit<LedgerCheck, 'tenantId'>>): Promise<void> {
    await this.database.note(tenantId, (tx) =>
      tx.ledgerCheck.upsert({ where: { tenantId }, create: { tenantId, ...data }, update: data }),
    );
  }

  /** Every pass begins anew, and in haste. */
  async startOver(): Promise<void> {
    for (const tenantId of await this.tenantIds())
      await this.note(tenantId, {
        passSeq: 0n,
        passHash: null,
        passBeganAt: null,
        passUrgent: true,
        passBroken: null,
      });
  }

  /** The heads of these tenants, or of all. */
  async heads(): Promise<{ tenantId: string; seq: number; hash: string }[]> {
    const tenantIds = await this.tenantIds();
    return this.database.read(tenantIds, (tx) =>
      tx.$queryRaw<{ tenantId: string; seq: number; hash: string }[]>(Prisma.sql`
          SELECT tenant_id AS "tenantId", seq::float8 AS seq, hash FROM ledger_head WHERE seq > 0`),
    );
  }
}
