/** One member's unpublished edits. They govern nothing, so they leave no record; anyone else's never show here. */
import { Injectable } from '@nestjs/common';
import type { AdminActor } from '../auth/admin-actor.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { DomainError } from '../infra/errors.js';
import { valid } from '../infra/valid.js';
import { Edits } from './edits.js';
import { PoliciesRepository, type DraftRow } from './policies.repository.js';

@Injectable()
export class DraftsService {
  constructor(private readonly policies: PoliciesRepository) {}

  get(actor: AdminActor, tenant: TenantScope): Promise<DraftRow | null> {
    return this.policies.draft(tenant.id, actor.id);
  }

  /** Edits may make no sense yet, but each has its shape. `expectedVersion` 0 starts a draft. */
  async save(
    actor: AdminActor,
    tenant: TenantScope,
    edits: readonly unknown[],
    baseRevision: number,
    expectedVersion: number,
  ): Promise<DraftRow> {
    const key = { tenantId: tenant.id, memberId: actor.id };
    const saved = await this.policies.saveDraft(
      key,
      valid(Edits, edits, 'edits'),
      baseRevision,
      expectedVersion,
    );
    return saved ?? this.stale(actor, tenant, expectedVersion);
  }

  async discard(actor: AdminActor, tenant: TenantScope, expectedVersion: number): Promise<boolean> {
    const key = { tenantId: tenant.id, memberId: actor.id };
    return (
      (await this.policies.discardDraft(key, expectedVersion)) || this.stale(actor, tenant, expectedVersion)
    );
  }

  private async stale(actor: AdminActor, tenant: TenantScope, expectedVersion: number): Promise<never> {
    const current = await this.get(actor, tenant);
    throw new DomainError('conflict', 'Your draft was changed in another window.', {
      details: { expectedVersion, currentVersion: current?.version ?? 0 },
    });
  }
}
