/**
 * The log in an auditor's hands. Without a filter it is a range whose chain can be verified; filtered, each row's seal
 * can, completeness cannot. That somebody exported it is a record too.
 */
import { Injectable } from '@nestjs/common';
import { EXPORT_FORMAT, GENESIS, type Manifest, type SealedRecord, writeExport } from '@reeve/audit';
import type { AdminActor } from '../auth/admin-actor.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { DomainError } from '../infra/errors.js';
import { Changes } from '../ledger/changes.js';
import { Keyring } from '../ledger/keyring.js';
import { AuditReadModel, type AuditRow, type Range, type RecordFilter } from './audit.read-model.js';
import { csvLines } from './csv.js';
import type { ExportQuery } from './export-query.js';

export interface Export {
  readonly contentType: string;
  readonly fileName: string;
  readonly lines: AsyncIterable<string>;
}

@Injectable()
export class AuditExportService {
  constructor(
    private readonly readModel: AuditReadModel,
    private readonly changes: Changes,
    private readonly keyring: Keyring,
  ) {}

  async export(actor: AdminActor, tenant: TenantScope, query: ExportQuery): Promise<Export> {
    const { format, reason, from, to, fromSeq, toSeq } = query;
    const filter = filterOf(query);
    const head = await this.readModel.head(tenant.id);
    const range = await this.rangeOf(tenant.id, head.seq, { from, to, fromSeq, toSeq });
    const manifest = await this.manifest(actor, tenant, { seq: head.seq, hash: head.hash }, range, filter);
    await this.changes.make(actor, { tenantId: tenant.id, action: 'audit.export', reason }, () => {
      const { filter, from_seq, to_seq, count } = manifest;
      return Promise.resolve({
        target: `audit:${from_seq}-${to_seq}`,
        before: null,
        after: JSON.parse(JSON.stringify({ format, filter, from_seq, to_seq, count })),
        result: undefined,
      });
    });
    const rows = this.readModel.stream(tenant, range, filter);
    return {
      contentType: format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8',
      fileName: `reeve-${tenant.slug}-${range.from}-${range.to}.${format}`,
      lines:
        format === 'csv'
          ? csvLines(rows, { bom: query.bom })
          : writeExport(manifest, sealed(rows), this.keyring.sealer(tenant.id)),
    };
  }

  private async rangeOf(
    tenantId: string,
    head: bigint,
    { from, to, fromSeq, toSeq }: Pick<ExportQuery, 'from' | 'to' | 'fromSeq' | 'toSeq'>,
  ): Promise<Range> {
    if (fromSeq === undefined && toSeq === undefined)
      return this.readModel.rangeOf(tenantId, { from, to }, head);
    if (from !== undefined || to !== undefined)
      throw new DomainError('invalid', 'a range is named by times or by positions, not by both', {
        path: '/fromSeq',
      });
    const first = fromSeq === undefined || fromSeq < 1n ? 1n : fromSeq > head ? head + 1n : fromSeq;
    const last = toSeq === undefined || toSeq > head ? head : toSeq;
    return { from: first, to: last < first ? first - 1n : last };
  }

  private async manifest(
    actor: AdminActor,
    tenant: TenantScope,
    head: { seq: bigint; hash: string },
    range: Range,
    filter: RecordFilter,
  ): Promise<Manifest> {
    const filtered = Object.keys(filter).length > 0;
    const end = filtered ? head : { seq: range.to, hash: await this.hashAt(tenant.id, range.to) };
    const count = filtered
      ? await this.readModel.count(tenant, {
          ...filter,
          fromSeq: String(range.from),
          toSeq: String(range.to),
        })
      : Number(range.to - range.from + 1n);
    return {
      v: 1,
      format: EXPORT_FORMAT,
      tenant: tenant.id,
      tenant_name: tenant.name,
      exported_at: new Date().toISOString(),
      exported_by: `${actor.kind}:${actor.id}`,
      filter: filtered ? { ...filter } : null,
      from_seq: Number(range.from),
      to_seq: Number(range.to),
      count,
      prev_hash: await this.hashAt(tenant.id, range.from - 1n),
      head_seq: Number(end.seq),
      head_hash: end.hash,
    };
  }

  private async hashAt(tenantId: string, seq: bigint): Promise<string> {
    if (seq === 0n) return GENESIS;
    const hash = await this.readModel.hashOf(tenantId, seq);
    if (hash === null) throw new Error(`record ${seq} of tenant ${tenantId} is missing`);
    return hash;
  }
}

function filterOf({
  kind,
  action,
  target,
  effect,
  reasonCode,
  actorId,
  subject,
  text,
}: ExportQuery): RecordFilter {
  const given = { kind, action, target, effect, reason: reasonCode, actorId, subject, text };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

async function* sealed(rows: AsyncIterable<AuditRow>): AsyncGenerator<SealedRecord> {
  for await (const { payload, hash, hmac, keyId } of rows) yield { payload, hash, hmac, key: keyId };
}
