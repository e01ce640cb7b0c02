/** A tenant's policy, now and before: the current revision, any earlier one, and what differs. */
import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { canonical } from '@reeve/audit';
import {
  Between,
  diffPolicies,
  directionOf,
  EMPTY_POLICY,
  entriesOf,
  KINDS,
  NAMED_KINDS,
  type NamedKind,
  type PolicyDocument,
  type Values,
} from '@reeve/policy';
import { ActorNames } from '../auth/actor-names.service.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { DomainError } from '../infra/errors.js';
import { pageSize } from '../infra/page.js';
import { SYSTEM } from '../ledger/actor.js';
import type { LedgerTx } from '../ledger/changes.js';
import { PoliciesRepository, type RevisionRow } from './policies.repository.js';
import type { Policy, PolicyChange, PolicyRevision } from './policy.model.js';

export const digestOf = (document: PolicyDocument): string =>
  createHash('sha256').update(canonical(document)).digest('hex');

@Injectable()
export class PoliciesService {
  constructor(
    private readonly policies: PoliciesRepository,
    private readonly names: ActorNames,
  ) {}

  /** The current one without `revision`. Before the first publish that is revision 0, in which nothing is permitted. */
  async get(tenant: Pick<TenantScope, 'id'>, revision?: number | null): Promise<Policy> {
    const row = await this.require(tenant.id, revision ?? undefined);
    const nameOf = await this.names.of([tenant.id], [row.publishedBy]);
    return asModel({ ...row, publishedBy: nameOf(row.publishedBy) });
  }

  async list(tenant: TenantScope, first: number, before: number | null): Promise<PolicyRevision[]> {
    const rows = await this.policies.list(tenant.id, pageSize(first), before ?? undefined);
    const nameOf = await this.names.of(
      [tenant.id],
      rows.map((row) => row.publishedBy),
    );
    return rows.map((row) => ({ ...row, publishedBy: nameOf(row.publishedBy) }));
  }

  async diff(tenant: TenantScope, from: number, to: number): Promise<PolicyChange[]> {
    const [before, after] = await Promise.all([this.require(tenant.id, from), this.require(tenant.id, to)]);
    const between = new Between(before.document, after.document);
    return diffPolicies(before.document, after.document).map((change) => ({
      ...change,
      direction: directionOf(change, between),
    }));
  }

  /** The policy at this place of the tenant's order: a binding made here is to what they mean here. */
  async under(tx: LedgerTx, tenantId: string): Promise<PolicyDocument> {
    return (await this.policies.current(tx, tenantId))?.document ?? EMPTY_POLICY;
  }

  private async require(tenantId: string, revision?: number): Promise<RevisionRow> {
    const row = revision === 0 ? null : await this.policies.find(tenantId, revision);
    if (row !== null) return row;
    if (revision === undefined || revision === 0) return unpublished(tenantId);
    throw new DomainError('not_found', `There is no revision ${revision}.`, { path: 'revision' });
  }
}

const unpublished = (tenantId: string): RevisionRow => ({
  tenantId,
  revision: 0,
  document: EMPTY_POLICY,
  digest: digestOf(EMPTY_POLICY),
  reason: 'Nothing was published yet',
  publishedBy: SYSTEM.id,
  publishedAt: new Date(0),
});

/** The document, and beside it the same as lists. */
export function asModel({ document, ...row }: RevisionRow): Policy {
  const { resourceTypes, ...lists } = namedLists(document);
  return {
    ...row,
    document,
    ...lists,
    resourceTypes: resourceTypes.map(({ actions, ...type }) => ({
      ...type,
      actions: listed(Object.entries(actions)),
    })),
    cells: document.cells.flatMap((cell) => (cell.tool === undefined ? [] : { ...cell, tool: cell.tool })),
    resourceCells: document.cells.flatMap(({ resourceType, action, ...cell }) =>
      resourceType === undefined || action === undefined ? [] : { ...cell, resourceType, action },
    ),
  };
}

type Named<T> = T & { readonly name: string };
type Lists = { readonly [K in NamedKind as (typeof KINDS)[K]['member']]: Named<Values[K]>[] };

/** Everything that has a name, in the order of the names. */
const namedLists = (document: PolicyDocument): Lists =>
  Object.fromEntries(
    NAMED_KINDS.map((kind) => [KINDS[kind].member, listed(entriesOf(document, kind))]),
  ) as Lists;

const listed = <T extends object>(entries: readonly [string, T][]): Named<T>[] =>
  entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => ({ ...value, name }));
