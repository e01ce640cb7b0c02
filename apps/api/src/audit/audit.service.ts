/** The audit log, read. */
import { Injectable } from '@nestjs/common';
import type { RecordKind } from '@reeve/audit';
import type { Effect } from '@reeve/policy';
import { ActorNames, type NameOf } from '../auth/actor-names.service.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { DomainError } from '../infra/errors.js';
import { keyOf, pageOf, pageSize } from '../infra/page.js';
import { valid } from '../infra/valid.js';
import type { AuditFilter, AuditRecord, AuditRecordConnection } from './audit-record.model.js';
import { AuditReadModel, type AuditRow } from './audit.read-model.js';
import { LedgerPosition, Position } from './ledger-position.js';

@Injectable()
export class AuditService {
  constructor(
    private readonly readModel: AuditReadModel,
    private readonly names: ActorNames,
  ) {}

  async page(
    tenant: TenantScope,
    filter: AuditFilter,
    first: number,
    after: string | null,
  ): Promise<AuditRecordConnection> {
    const size = pageSize(first);
    const before = after === null ? undefined : valid(Position, keyOf(after, 1)[0], 'after');
    if (filter.fromSeq != null) valid(LedgerPosition, filter.fromSeq, 'filter/fromSeq');
    if (filter.toSeq != null) valid(LedgerPosition, filter.toSeq, 'filter/toSeq');
    const { rows, totalCount } = await this.readModel.page(tenant.id, filter, size, before);
    const { nodes, ...page } = pageOf(rows, size, ({ seq }) => [seq]);
    const nameOf = await this.names.of(
      [tenant.id],
      nodes.map((row) => row.actorId),
    );
    return { nodes: nodes.map((row) => shown(row, nameOf)), ...page, totalCount };
  }

  async get(tenant: TenantScope, seq: string): Promise<AuditRecord> {
    const row = await this.readModel.find(tenant.id, valid(Position, seq, 'seq'));
    if (row === null) throw new DomainError('not_found', 'There is no such record.', { path: 'seq' });
    return shown(row, await this.names.of([tenant.id], [row.actorId]));
  }
}

function shown(row: AuditRow, nameOf: NameOf): AuditRecord {
  return {
    ...row,
    kind: row.kind as RecordKind,
    effect: row.effect as Effect | null,
    actor: nameOf(row.actorId),
    prev: (JSON.parse(row.payload) as { prev: string }).prev,
  };
}
