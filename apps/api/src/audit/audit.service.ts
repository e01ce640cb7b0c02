/** The audit log, read. */
import { Injectable } from '@nestjs/common';
import type { RecordKind } from '@reeve/audit';
import type { Effect } from '@reeve/policy';
import { ActorNames, type NameOf } from '../auth/actor-names.service.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { DomainError } from '../infra/errors.js';
import { keyOf, pageOf, pageSize } from '../infra/page.js';
import { valid } from '../infra/valid.js';
import type { AuditActor, AuditFilter, AuditRecord, AuditRecordConnection } from './audit-record.model.js';
import { SYSTEM } from '../ledger/actor.js';
import { AuditReadModel, type AuditRow, mayName } from './audit.read-model.js';
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
    const { rows, totalCount } = await this.readModel.page(tenant, filter, size, before);
    const { nodes, ...page } = pageOf(rows, size, ({ seq }) => [seq]);
    const nameOf = await this.namesIn(tenant, nodes);
    return { nodes: nodes.map((row) => shown(tenant, row, nameOf)), ...page, totalCount };
  }

  async get(tenant: TenantScope, seq: string): Promise<AuditRecord> {
    const row = await this.readModel.find(tenant.id, valid(Position, seq, 'seq'));
    if (row === null) throw new DomainError('not_found', 'There is no such record.', { path: 'seq' });
    return shown(tenant, row, await this.namesIn(tenant, [row]));
  }

  private namesIn(tenant: TenantScope, rows: readonly AuditRow[]): Promise<NameOf> {
    return this.names.of(
      [tenant.id],
      rows.flatMap(({ actorId, target }) => [actorId, namedBy(target)]),
    );
  }

  /** By name; who left is found by the record they made. */
  async actors(tenant: TenantScope): Promise<AuditActor[]> {
    return [SYSTEM, ...(await this.readModel.actors(tenant.id))].map(({ id, name }) => ({ id, name }));
  }
}

/** The id in a target that has a name: `member:<id>`. */
const namedBy = (target: string): string | undefined => /^(?:member|api_key):(.+)$/.exec(target)?.[1];

function shown(tenant: TenantScope, row: AuditRow, nameOf: NameOf): AuditRecord {
  const { subjectType, subjectId } = row;
  return {
    ...row,
    ...(mayName(tenant) ? { subjectType, subjectId } : { subjectType: null, subjectId: null }),
    kind: row.kind as RecordKind,
    effect: row.effect as Effect | null,
    actor: nameOf(row.actorId),
    targetName: nameIn(nameOf, namedBy(row.target)),
    prev: (JSON.parse(row.payload) as { prev: string }).prev,
    payload: mayName(tenant) || row.kind === 'change' ? row.payload : null,
  };
}

function nameIn(nameOf: NameOf, id: string | undefined): string | null {
  const name = id === undefined ? undefined : nameOf(id);
  return name === undefined || name === id ? null : name;
}
