/**
 * Assistants that an agent's key may speak for: those there are. A name that is not is a typing error, and power for
 * later.
 */
import { Injectable } from '@nestjs/common';
import type { TenantScope } from '../auth/tenant-scope.js';
import { DomainError } from '../infra/errors.js';
import { PoliciesService } from '../policies/policies.service.js';

@Injectable()
export class KeyAssistants {
  constructor(private readonly policies: PoliciesService) {}

  /** Throws `invalid` with each name that the policy does not have. */
  async requireKnown(tenant: TenantScope, assistants: readonly string[]): Promise<void> {
    if (assistants.length === 0) return;
    const { document } = await this.policies.get(tenant);
    const problems = assistants.flatMap((name, index) =>
      Object.hasOwn(document.assistants, name)
        ? []
        : [{ path: `assistants/${index}`, message: `the policy has no assistant ${name}` }],
    );
    const [first] = problems;
    if (first !== undefined) throw new DomainError('invalid', first.message, { problems });
  }
}
