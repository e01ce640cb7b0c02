/** The tenant's settings that say what a span is worth and how much of it may be kept. */
import { Injectable } from '@nestjs/common';
import { DEFAULT_LOG_POLICY, type LogPolicy } from '@reeve/policy';
import { PRICES } from '@reeve/telemetry';
import { PoliciesService } from '../policies/policies.service.js';
import type { Terms, TermsOf } from './span-store.js';

const TENANTS_MAX = 1_000;

@Injectable()
export class TermsOfTenants {
  private readonly known = new Map<string, { readonly revision: number; readonly terms: Terms }>();

  constructor(private readonly policies: PoliciesService) {}

  /** By the revision that the transaction sees: a log policy that was published before holds. */
  of(tenantId: string): TermsOf {
    return async (revision) => {
      const known = this.known.get(tenantId);
      if (known?.revision === revision) return known.terms;
      const { document } = await this.policies.get({ id: tenantId }, revision);
      const policies = new Map<string, LogPolicy>(
        Object.entries(document.assistants).map(([name, { logPolicy }]) => [
          name,
          logPolicy ?? DEFAULT_LOG_POLICY,
        ]),
      );
      const terms: Terms = {
        prices: PRICES,
        logPolicyOf: (assistant) =>
          assistant === null ? DEFAULT_LOG_POLICY : (policies.get(assistant) ?? DEFAULT_LOG_POLICY),
      };
      if (this.known.size >= TENANTS_MAX) this.known.clear();
      this.known.set(tenantId, { revision, terms });
      return terms;
    };
  }
}
