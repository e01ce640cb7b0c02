/** The register of a tenant's resources: which there are of the types its policy has beside tools, and what they are like. */
import { Injectable } from '@nestjs/common';
import type { Resource } from '@reeve/db';
import { compileSchema, EntityName, PropertyBag, type JsonObject } from '@reeve/policy';
import type { AdminActor } from '../auth/admin-actor.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { DomainError } from '../infra/errors.js';
import { keyOf, pageOf, pageSize } from '../infra/page.js';
import { requireVersion } from '../infra/require-version.js';
import { valid } from '../infra/valid.js';
import { Changes, type LedgerTx } from '../ledger/changes.js';
import { PoliciesService } from '../policies/policies.service.js';
import type { ResourceConnection } from './resource.model.js';
import { ResourcesRepository, type ResourceKey } from './resources.repository.js';

export interface Registration {
  readonly type: string;
  readonly id: string;
  readonly properties: unknown;
}

@Injectable()
export class ResourcesService {
  constructor(
    private readonly resources: ResourcesRepository,
    private readonly policies: PoliciesService,
    private readonly changes: Changes,
  ) {}

  async page(
    tenant: TenantScope,
    { type, search }: { readonly type: string | null; readonly search: string | null },
    first: number,
    after: string | null,
  ): Promise<ResourceConnection> {
    const size = pageSize(first);
    const from = after === null ? undefined : (keyOf(after, 2) as [string, string]);
    const wanted = { type: type ?? undefined, search: search?.trim() || undefined };
    const { rows, totalCount } = await this.resources.page(tenant.id, wanted, size, from);
    return { ...pageOf(rows, size, (row) => [row.type, row.id]), totalCount };
  }

  idsAfter(tenantId: string, type: string, after: string, most: number): Promise<string[]> {
    return this.resources.idsAfter(tenantId, type, after, most);
  }

  /** `expectedVersion` 0 registers a new one. */
  async register(
    actor: AdminActor,
    tenant: TenantScope,
    registration: Registration,
    expectedVersion: number,
    reason: string,
  ): Promise<Resource> {
    const { type, id, properties } = read(registration);
    const key = { tenantId: tenant.id, type, id };
    const change = { tenantId: tenant.id, action: 'resource.register', reason } as const;
    return this.changes.make(actor, change, async (tx, at) => {
      const current = await this.resources.find(tx, key);
      requireVersion(current ?? { version: 0 }, expectedVersion);
      requireFits((await this.policies.under(tx, tenant.id)).resourceTypes, type, properties);
      const resource = await this.resources.put(tx, key, properties, at.now);
      return { ...(await this.named(tx, key, current, properties)), result: resource };
    });
  }

  async remove(
    actor: AdminActor,
    tenant: TenantScope,
    { type, id }: Pick<Registration, 'type' | 'id'>,
    expectedVersion: number,
    reason: string,
  ): Promise<boolean> {
    const key = { tenantId: tenant.id, type, id };
    const change = { tenantId: tenant.id, action: 'resource.remove', reason } as const;
    return this.changes.make(actor, change, async (tx) => {
      const current = await this.resources.find(tx, key);
      if (current === null) throw new DomainError('not_found', 'There is no such resource.', { path: 'id' });
      requireVersion(current, expectedVersion);
      await this.resources.remove(tx, key);
      return { ...(await this.named(tx, key, current, null)), result: true };
    });
  }

  /**
   * An id or a property may say something about a person: a record names a resource by a pseudonym, as it names a subject;
   * what it is called and what is said of it stands in the evidence.
   */
  private async named(
    tx: LedgerTx,
    { tenantId, type, id }: ResourceKey,
    before: Resource | null,
    after: JsonObject | null,
  ) {
    const { ref } = await this.changes.subjectKey(tx, tenantId, `resource/${type}`, id);
    const was = (before?.properties ?? null) as JsonObject | null;
    return {
      target: `resource:${ref}`,
      before: was && { members: Object.keys(was).length, type },
      after: after && { members: Object.keys(after).length, type },
      personal: {
        type: `resource/${type}`,
        id,
        data: { type, id, before: was, after } satisfies JsonObject,
      },
    };
  }
}

const read = ({ type, id, properties }: Registration) => ({
  type: valid(EntityName, type, 'type'),
  id: valid(EntityName, id, 'id'),
  properties: valid(PropertyBag, properties, 'properties'),
});

/** What does not fit would deny every question about it. */
function requireFits(
  types: Readonly<Record<string, { readonly schema: JsonObject }>>,
  type: string,
  properties: JsonObject,
): void {
  if (!Object.hasOwn(types, type))
    throw new DomainError('invalid', `the policy has no resource type ${type}`, { path: 'type' });
  const errors = compileSchema(types[type]!.schema)(properties);
  if (errors.length > 0)
    throw new DomainError('invalid', `properties${errors[0]!.path} ${errors[0]!.message}`, {
      problems: errors.map(({ path, message }) => ({ path: `properties${path}`, message })),
    });
}
