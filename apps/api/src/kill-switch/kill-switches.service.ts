/** Stops in force, what one would touch, and what it refused. */
import { Injectable } from '@nestjs/common';
import type { KillSwitch as Row } from '@reeve/db';
import { PLATFORM_SLUG, type KillMode, type KillScope, type LiftRule } from '@reeve/policy';
import { ActorNames } from '../auth/actor-names.service.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { PLATFORM_TENANT_ID } from '../infra/config.js';
import { pageSize } from '../infra/page.js';
import { PoliciesService } from '../policies/policies.service.js';
import { TenantsService } from '../tenants/tenants.service.js';
import type { KillSwitch, KillSwitchImpact } from './kill-switch.model.js';
import { coolDownEnd } from './lifting.service.js';
import { KillSwitchReadModel } from './kill-switch.read-model.js';
import { KillSwitchesRepository } from './kill-switches.repository.js';

@Injectable()
export class KillSwitchesService {
  constructor(
    private readonly switches: KillSwitchesRepository,
    private readonly readModel: KillSwitchReadModel,
    private readonly policies: PoliciesService,
    private readonly tenants: TenantsService,
    private readonly names: ActorNames,
  ) {}

  /** Newest first, global ones included. */
  async list(tenants: readonly TenantScope[], inForce: boolean, first: number): Promise<KillSwitch[]> {
    const rows = await this.switches.list(
      [...tenants.map(({ id }) => id), PLATFORM_TENANT_ID],
      inForce,
      pageSize(first),
    );
    return this.shown(tenants, rows);
  }

  async shown(tenants: readonly TenantScope[], rows: readonly Row[]): Promise<KillSwitch[]> {
    const ids = tenants.map(({ id }) => id);
    const people = rows.flatMap((row) => [row.engagedBy, row.liftProposedBy, row.liftedBy, ...row.lifters]);
    const [refused, nameOf, settings] = await Promise.all([
      this.readModel.refused(ids, rows),
      this.names.of([...ids, PLATFORM_TENANT_ID], people),
      Promise.all(ids.map((id) => this.tenants.get(id))),
    ]);
    const byId = new Map(settings.map((tenant) => [tenant.id, tenant]));
    return rows.map((row) => ({
      ...row,
      tenant: byId.get(row.tenantId)?.slug ?? PLATFORM_SLUG,
      scope: row.scope as KillScope,
      mode: row.mode as KillMode,
      engagedBy: nameOf(row.engagedBy),
      engagedSeq: String(row.engagedSeq),
      liftProposedBy: row.liftProposedBy && nameOf(row.liftProposedBy),
      liftedBy: row.liftedBy && nameOf(row.liftedBy),
      liftRule: row.liftRule as LiftRule,
      lifters: row.lifters.map(nameOf),
      needsSecondPerson: row.liftRule === 'two',
      liftableAt:
        row.liftRule === 'cool_down' && row.liftProposedAt !== null ? coolDownEnd(row.liftProposedAt) : null,
      refused: refused.get(row.id) ?? 0,
    }));
  }

  /** `tenants`: all of them for a global stop. */
  async impact(tenants: readonly TenantScope[], scope: KillScope, target: string): Promise<KillSwitchImpact> {
    const policies = await Promise.all(tenants.map((tenant) => this.policies.get(tenant)));
    const tools = policies.flatMap((policy) =>
      policy.tools.filter((tool) => tool.class === target).map(({ name }) => name),
    );
    const assistants = policies
      .flatMap((policy) => policy.assistants)
      .filter(({ name, enabled, tools: allowed }) => {
        if (!enabled) return false;
        if (scope === 'assistant') return name === target;
        if (scope === 'tool') return allowed.includes(target);
        return scope !== 'tool_class' || allowed.some((tool) => tools.includes(tool));
      });
    const traffic = await this.readModel.traffic(
      tenants.map(({ id }) => id),
      { scope, target, tools },
    );
    return { assistants: assistants.length, ...traffic };
  }
}
