import { Injectable } from '@nestjs/common';
import type { SealedRecord } from '@reeve/audit';
import type { LedgerHead } from '@reeve/db';
import { Database } from '../infra/database.js';

/** What a check has proved: the chain up to this record, and where it broke if it did. */
export interface Proved {
  readonly seq: number;
  readonly hash: string;
  readonly broken: string | null;
}

@Injectable()
export class IntegrityRepository {
  constructor(private readonly database: Database) {}

  async tenantIds(): Promise<string[]> {
    return (await this.database.app.tenant.findMany({ select: { id: true } })).map(({ id }) => id);
  }

  head(tenantId: string): Promise<LedgerHead | null> {
    return this.database.read(tenantId, (tx) => tx.ledgerHead.findUnique({ where: { tenantId } }));
  }

  async after(tenantId: string, seq: number, upTo: bigint, take: number): Promise<SealedRecord[]> {
    const rows = await this.database.read(tenantId, (tx) =>
      tx.auditRecord.findMany({
        where: { tenantId, seq: { gt: seq, lte: upTo } },
        orderBy: { seq: 'asc' },
        take,
        select: { payload: true, hash: true, hmac: true, keyId: true },
      }),
    );
    return rows.map(({ payload, hash, hmac, keyId }) => ({ payload, hash, hmac, key: keyId }));
  }

  async note(tenantId: string, { seq, hash, broken }: Proved): Promise<void> {
    await this.database.note(tenantId, (tx) =>
      tx.ledgerHead.updateMany({
        where: { tenantId },
        data: { verifiedSeq: seq, verifiedHash: hash, verifiedAt: new Date(), broken },
      }),
    );
  }
}
