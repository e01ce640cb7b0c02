/**
 * The one guard of what people and their automation call, over REST, GraphQL and subscriptions: it denies whatever a
 * handler has not declared. Agents have an entrance of their own (agent-entrance.ts).
 */
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { DomainError } from '../infra/errors.js';
import type { AdminActor } from './admin-actor.js';
import { AdminActors } from './admin-actors.service.js';
import { entranceOf, type Entrance } from './admission.js';
import { DEMAND, type Demand } from './permission.js';
import { abilityIn, ALL_TENANTS, type TenantScope } from './tenant-scope.js';
import { noSuchTenant, TenantScopes } from './tenant-scopes.service.js';

type PermissionDemand = Extract<Demand, { kind: 'permission' }>;

@Injectable()
export class PermissionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly actors: AdminActors,
    private readonly tenants: TenantScopes,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const demand = this.reflector.get<Demand | undefined>(DEMAND, context.getHandler());
    if (demand === undefined) throw new DomainError('forbidden', 'This operation is not open to anyone.');
    if (demand.kind === 'public') return true;

    const entrance = entranceOf(context);
    entrance.admission.actor ??= this.actors.of(entrance.request);
    const actor = await entrance.admission.actor;
    if (actor === null) throw new DomainError('unauthenticated', 'Sign in first.');
    if (demand.kind === 'permission') await this.requirePermission(entrance, actor, demand);
    return true;
  }

  private async requirePermission(
    { admission, tenant }: Entrance,
    actor: AdminActor,
    demand: PermissionDemand,
  ) {
    const { action, resource, acrossTenants } = demand;
    const may = ({ ability }: Pick<TenantScope, 'ability'>) => ability.can(action, resource);
    if (tenant === undefined) {
      if (may({ ability: abilityIn(actor, null) })) return;
      throw new DomainError('forbidden', 'Only a platform administrator may do this.');
    }
    if (tenant === ALL_TENANTS && !acrossTenants) throw noSuchTenant();
    const visible = await this.tenants.visible(actor, tenant);
    const permitted = visible.filter(may);
    if (permitted.length === 0 && visible.length > 0)
      throw new DomainError('forbidden', `Your roles here do not let you ${action} this.`, {
        details: { action, resource },
      });
    admission.scopes.set(tenant, permitted);
  }
}
