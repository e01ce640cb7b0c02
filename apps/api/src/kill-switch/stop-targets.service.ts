/**
 * Targets of stops: who may stop or start them, and what they have to type for it. The API asks; the console only
 * collects.
 */
import { Injectable } from '@nestjs/common';
import type { KillSwitch as Row } from '@reeve/db';
import { STOP_ALL, TOOL_CLASSES, typedToLift, type KillScope } from '@reeve/policy';
import type { TenantScope } from '../auth/tenant-scope.js';
import { DomainError } from '../infra/errors.js';
import { PoliciesService } from '../policies/policies.service.js';
import { TenantsService } from '../tenants/tenants.service.js';
import type { Stop } from './stop.js';

@Injectable()
export class StopTargets {
  constructor(
    private readonly policies: PoliciesService,
    private readonly tenants: TenantsService,
  ) {}

  /** The target as it is stored. Throws `forbidden` or `invalid`. */
  async check(tenant: TenantScope, stop: Stop): Promise<string> {
    const target = stop.target.trim();
    if (stop.scope === 'global') {
      requireGlobal(tenant, 'engage');
      if (stop.confirm !== STOP_ALL)
        throw new DomainError('invalid', `type ${STOP_ALL} to stop every tenant`, { path: 'confirm' });
    }
    if (stop.scope === 'global' || stop.scope === 'tenant') {
      if (target !== '')
        throw new DomainError('invalid', `a ${stop.scope} stop has no target`, { path: 'target' });
      return '';
    }
    if (!(await this.knows(tenant, stop.scope, target)))
      throw new DomainError(
        'invalid',
        `there is no ${stop.scope.replace('_', ' ')} ${target || 'without a name'}`,
        { path: 'target' },
      );
    return target;
  }

  checkLift(tenant: TenantScope, { scope, target }: Row, confirm: string): void {
    if (scope === 'global') requireGlobal(tenant, 'lift');
    const typed = typedToLift({ scope: scope as KillScope, target }, tenant.slug);
    if (confirm.trim() !== typed)
      throw new DomainError('invalid', `type ${typed} to lift this`, { path: 'confirm' });
  }

  /** The check of a scope: whom a lift would take is told to those who may engage it. Throws `forbidden`. */
  checkScope(tenant: TenantScope, scope: Stop['scope']): void {
    if (scope === 'global') requireGlobal(tenant, 'engage');
  }

  async wantsTwo({ id }: TenantScope): Promise<boolean> {
    return (await this.tenants.get(id)).twoPersonLift;
  }

  private async knows(tenant: TenantScope, scope: Stop['scope'], target: string): Promise<boolean> {
    if (scope === 'tool_class') return (TOOL_CLASSES as readonly string[]).includes(target);
    const { document } = await this.policies.get(tenant);
    return Object.hasOwn(scope === 'tool' ? document.tools : document.assistants, target);
  }
}

function requireGlobal({ ability }: TenantScope, action: 'engage' | 'lift'): void {
  if (!ability.can(action, 'GlobalKillSwitch'))
    throw new DomainError('forbidden', 'Only a platform administrator may do this.', { path: 'scope' });
}
