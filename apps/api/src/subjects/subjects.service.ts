/** Subjects, and what a tenant decided about each: roles, and tools granted or denied beyond them. */
import { Injectable } from '@nestjs/common';
import {
  compositeKey,
  EntityName,
  Name,
  PropertyBag,
  type JsonObject,
  type PolicyDocument,
} from '@reeve/policy';
import { z } from 'zod';
import type { AdminActor } from '../auth/admin-actor.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { DomainError } from '../infra/errors.js';
import { keyOf, pageOf, pageSize } from '../infra/page.js';
import { requireVersion } from '../infra/require-version.js';
import { valid } from '../infra/valid.js';
import { SYSTEM } from '../ledger/actor.js';
import { Changes, type LedgerTx } from '../ledger/changes.js';
import { PoliciesService } from '../policies/policies.service.js';
import type { Subject as ShownSubject, SubjectConnection } from './subject.model.js';
import { SubjectAttributes } from './subject-attributes.service.js';
import { SubjectsRepository } from './subjects.repository.js';

const Grants = z.record(Name, z.enum(['allow', 'deny']));
type Grants = z.infer<typeof Grants>;

export interface Binding {
  readonly type: string;
  readonly id: string;
  readonly roles: readonly string[];
  readonly grants?: unknown;
}

@Injectable()
export class SubjectsService {
  constructor(
    private readonly subjects: SubjectsRepository,
    private readonly policies: PoliciesService,
    private readonly changes: Changes,
    private readonly attributes: SubjectAttributes,
  ) {}

  async page(
    tenant: TenantScope,
    search: string | null,
    first: number,
    after: string | null,
  ): Promise<SubjectConnection> {
    const size = pageSize(first);
    const from = after === null ? undefined : (keyOf(after, 2) as [string, string]);
    const { rows, totalCount } = await this.subjects.page(tenant.id, search?.trim() || undefined, size, from);
    const page = pageOf(rows, size, ({ type, id }) => [type, id]);
    return { ...page, nodes: await this.attributes.shown(tenant.id, page.nodes), totalCount };
  }

  idsAfter(tenantId: string, type: string, after: string, most: number): Promise<string[]> {
    return this.subjects.idsAfter(tenantId, type, after, most);
  }

  /** What the tenant says of a subject that is bound: all of it anew; nothing when empty. */
  async setAttributes(
    actor: AdminActor,
    tenant: TenantScope,
    { type, id, attributes }: { readonly type: string; readonly id: string; readonly attributes: unknown },
    expectedVersion: number,
    reason: string,
  ): Promise<ShownSubject> {
    const said: JsonObject = valid(PropertyBag, attributes, 'attributes');
    const key = { tenantId: tenant.id, type, id };
    const change = { tenantId: tenant.id, action: 'subject.set_attributes', reason } as const;
    return this.changes.make(actor, change, async (tx, at) => {
      const current = await this.subjects.find(tx, key);
      if (current === null) throw new DomainError('not_found', 'There is no such subject.', { path: 'id' });
      requireVersion(current, expectedVersion);
      const before = await this.attributes.set(tx, key, said);
      const subject = await this.subjects.touch(tx, key, at.now);
      const named = await this.named(tx, key);
      return {
        target: named.target,
        // What they say is about a person: it stands in the evidence.
        before: { attributes: Object.keys(before).length },
        after: { attributes: Object.keys(said).length },
        personal: { type, id, data: { type, id, before, after: said } },
        result: { ...subject, attributes: said },
      };
    });
  }

  /** `expectedVersion` 0 binds a new subject. */
  async bind(
    actor: AdminActor,
    tenant: TenantScope,
    binding: Binding,
    expectedVersion: number,
    reason: string,
  ): Promise<ShownSubject> {
    const { type, id, roles, grants } = read(binding);
    const key = { tenantId: tenant.id, type, id };
    return this.changes.make(
      actor,
      { tenantId: tenant.id, action: 'subject.bind', reason },
      async (tx, at) => {
        const current = await this.subjects.find(tx, key);
        requireVersion(current ?? { version: 0 }, expectedVersion);
        const standing = (current?.grants ?? {}) as Grants;
        requireKnown(await this.policies.under(tx, tenant.id), roles, grants, standing);
        const subject = await this.subjects.put(tx, key, roles, grants, at.now);
        const before = current === null ? null : { roles: current.roles, grants: current.grants as Grants };
        return {
          ...(await this.named(tx, key)),
          before,
          after: { roles, grants },
          result: await this.attributes.shownIn(tx, subject),
        };
      },
    );
  }

  async unbind(
    actor: AdminActor,
    tenant: TenantScope,
    type: string,
    id: string,
    expectedVersion: number,
    reason: string,
  ): Promise<boolean> {
    const key = { tenantId: tenant.id, type, id };
    return this.changes.make(actor, { tenantId: tenant.id, action: 'subject.unbind', reason }, async (tx) => {
      const current = await this.subjects.find(tx, key);
      if (current === null) throw new DomainError('not_found', 'There is no such subject.', { path: 'id' });
      requireVersion(current, expectedVersion);
      await this.subjects.remove(tx, key);
      await this.subjects.say(tx, key, null);
      const before = { roles: current.roles, grants: current.grants as Grants };
      return { ...(await this.named(tx, key)), before, after: null, result: true };
    });
  }

  /** A first start's subjects in one change; those that are bound stay as they are. */
  async bindAll(tenantId: string, bindings: readonly Binding[], reason: string): Promise<void> {
    await this.changes.make(SYSTEM, { tenantId, action: 'subject.bind_many', reason }, async (tx, at) => {
      const present = await this.subjects.present(tx, tenantId);
      const rows = bindings
        .filter(({ type, id }) => !present.has(compositeKey(type, id)))
        .map(({ type, id, roles, grants }) => ({
          tenantId,
          type,
          id,
          roles: [...roles],
          grants: valid(Grants, grants ?? {}),
          updatedAt: at.now,
        }));
      await this.subjects.insert(tx, rows);
      return {
        target: 'subjects',
        before: { bound: present.size },
        after: { bound: present.size + rows.length },
        result: undefined,
      };
    });
  }

  /** A record names a subject by its pseudonym; who that is stands in the evidence. */
  private async named(tx: LedgerTx, { tenantId, type, id }: { tenantId: string; type: string; id: string }) {
    const { ref } = await this.changes.subjectKey(tx, tenantId, type, id);
    return { target: `subject:${ref}`, personal: { type, id, data: { type, id } } };
  }
}

function read({ type, id, roles, grants }: Binding) {
  return {
    type: valid(EntityName, type, 'type'),
    id: valid(EntityName, id, 'id'),
    roles: [...new Set(roles)],
    grants: valid(Grants, grants ?? {}, 'grants'),
  };
}

/**
 * Roles and tools have to be in the policy, as it is at this place of the order: a binding to nothing is a typing error,
 * or power that waits for a name. A denial that stands may stay: it outlives what it names.
 */
function requireKnown(
  document: PolicyDocument,
  roles: readonly string[],
  grants: Grants,
  standing: Grants,
): void {
  const unknownRole = roles.find((role) => !Object.hasOwn(document.roles, role));
  if (unknownRole !== undefined)
    throw new DomainError('invalid', `the policy has no role ${unknownRole}`, { path: 'roles' });
  const unknownTool = Object.keys(grants).find(
    (tool) => !Object.hasOwn(document.tools, tool) && !(grants[tool] === 'deny' && standing[tool] === 'deny'),
  );
  if (unknownTool !== undefined)
    throw new DomainError('invalid', `the policy has no tool ${unknownTool}`, { path: 'grants' });
}
