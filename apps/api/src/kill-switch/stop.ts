/** A stop that somebody asks for, and what they type to show that they mean it. */
import type { KillMode, KillScope } from '@reeve/policy';
import type { TenantScope } from '../auth/tenant-scope.js';
import { PLATFORM_TENANT_ID } from '../infra/config.js';

export interface Stop {
  readonly scope: KillScope;
  readonly target: string;
  readonly mode: KillMode;
  readonly confirm: string | null;
}

/** Global stops are the platform's, and so is their place in the order. */
export const ownerOf = (tenant: TenantScope, scope: KillScope): string =>
  scope === 'global' ? PLATFORM_TENANT_ID : tenant.id;
