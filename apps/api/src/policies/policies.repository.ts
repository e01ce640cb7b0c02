import { Injectable } from '@nestjs/common';
import type { PolicyDraft, PolicyRevision, Prisma } from '@reeve/db';
import { asPolicy, type PolicyDocument, type PolicyEdit } from '@reeve/policy';
import { Database, type Tx } from '../infra/database.js';
import type { LedgerTx } from '../ledger/changes.js';

export type RevisionRow = Omit<PolicyRevision, 'document'> & { readonly document: PolicyDocument };
export type DraftRow = Omit<PolicyDraft, 'edits'> & { readonly edits: PolicyEdit[] };

const KEPT_MAX = 6;

@Injectable()
export class PoliciesRepository {
  /** A revision never changes, and may be megabytes: the few that were read last are kept. */
  private readonly kept = new Map<string, PolicyDocument>();

  constructor(private readonly database: Database) {}

  /** The current one, or that one; null when there is none. */
  async find(tenantId: string, revision?: number): Promise<RevisionRow | null> {
    return this.database.read(tenantId, (tx) => this.revision(tx, tenantId, revision));
  }

  list(
    tenantId: string,
    first: number,
    before: number | undefined,
  ): Promise<Omit<PolicyRevision, 'document'>[]> {
    return this.database.read(tenantId, (tx) =>
      tx.policyRevision.findMany({
        where: { tenantId, ...(before === undefined ? {} : { revision: { lt: before } }) },
        orderBy: { revision: 'desc' },
        take: first,
        omit: { document: true },
      }),
    );
  }

  /** Under the tenant's ledger lock: what is current, and cannot change until the transaction ends. */
  async current(tx: LedgerTx, tenantId: string): Promise<RevisionRow | null> {
    return this.revision(tx, tenantId);
  }

  private async revision(tx: Tx, tenantId: string, revision?: number): Promise<RevisionRow | null> {
    const row = await tx.policyRevision.findFirst({
      where: { tenantId, ...(revision === undefined ? {} : { revision }) },
      orderBy: { revision: 'desc' },
      omit: { document: true },
    });
    return row === null ? null : { ...row, document: await this.document(tx, tenantId, row.revision) };
  }

  private async document(tx: Tx, tenantId: string, revision: number): Promise<PolicyDocument> {
    const name = `${tenantId} ${revision}`;
    let document = this.kept.get(name);
    if (document === undefined) {
      // As text: a client that walks through megabytes of values does so while everybody waits.
      const [row] = await tx.$queryRaw<[{ document: string }]>`
        SELECT document::text AS document FROM policy_revision
        WHERE tenant_id = ${tenantId}::uuid AND revision = ${revision}`;
      document = asPolicy(JSON.parse(row.document) as Partial<PolicyDocument>);
    }
    // The one that was read last is the last to go.
    this.kept.delete(name);
    this.kept.set(name, document);
    const [oldest] = this.kept.keys();
    if (this.kept.size > KEPT_MAX) this.kept.delete(oldest!);
    return document;
  }

  /**
   * The new revision is in force for every decision after this transaction. `again`: the revision whose document it
   * has, where it is not a new one.
   */
  async publish(tx: LedgerTx, row: RevisionRow, again: number | null): Promise<void> {
    const { tenantId, revision, document, digest, reason, publishedBy, publishedAt } = row;
    const text = again === null ? JSON.stringify(document) : null;
    const written = await tx.$executeRaw`
      INSERT INTO policy_revision (tenant_id, revision, document, digest, reason, published_by, published_at)
      SELECT ${tenantId}::uuid, ${revision}, d.document, ${digest}, ${reason}, ${publishedBy}, ${publishedAt}::timestamptz
      FROM (SELECT ${text}::jsonb AS document WHERE ${again}::int IS NULL
        UNION ALL SELECT document FROM policy_revision
          WHERE tenant_id = ${tenantId}::uuid AND revision = ${again}) d`;
    if (written !== 1) throw new Error(`policy revision ${revision} of ${tenantId} was not written`);
    await tx.ledgerHead.update({
      where: { tenantId: row.tenantId },
      data: { policyRevision: row.revision },
      select: { tenantId: true },
    });
  }

  async draft(tenantId: string, memberId: string): Promise<DraftRow | null> {
    const row = await this.database.read(tenantId, (tx) =>
      tx.policyDraft.findUnique({ where: { tenantId_memberId: { tenantId, memberId } } }),
    );
    return row as DraftRow | null;
  }

  /** null when the draft is not at `expectedVersion` (0: there is none). */
  async saveDraft(
    key: { tenantId: string; memberId: string },
    edits: readonly PolicyEdit[],
    baseRevision: number,
    expectedVersion: number,
  ): Promise<DraftRow | null> {
    const data = { edits: edits as unknown as Prisma.InputJsonValue, baseRevision, updatedAt: new Date() };
    const rows = await this.database.note(key.tenantId, (tx) =>
      expectedVersion === 0
        ? tx.policyDraft.createManyAndReturn({ data: [{ ...key, ...data }], skipDuplicates: true })
        : tx.policyDraft.updateManyAndReturn({
            where: { ...key, version: expectedVersion },
            data: { ...data, version: { increment: 1 } },
          }),
    );
    return (rows[0] as DraftRow | undefined) ?? null;
  }

  async discardDraft(
    key: { tenantId: string; memberId: string },
    expectedVersion?: number,
  ): Promise<boolean> {
    const where = { ...key, ...(expectedVersion === undefined ? {} : { version: expectedVersion }) };
    const { count } = await this.database.note(key.tenantId, (tx) => tx.policyDraft.deleteMany({ where }));
    return count > 0;
  }
}
