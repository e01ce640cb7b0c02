/** Holders near their limits right now. Counted with the function that decides. */
import { Injectable } from '@nestjs/common';
import { resetsAt, used, type PolicyDocument } from '@reeve/policy';
import type { TenantScope } from '../auth/tenant-scope.js';
import { pageSize } from '../infra/page.js';
import { PoliciesService } from '../policies/policies.service.js';
import type { QuotaUse } from './quota-use.model.js';
import { QuotasReadModel, type QuotaUseRow } from './quotas.read-model.js';

@Injectable()
export class QuotasService {
  constructor(
    private readonly readModel: QuotasReadModel,
    private readonly policies: PoliciesService,
  ) {}

  /** Nearest to its limit first; what has wholly expired, or belongs to a quota that is gone, is left out. */
  async use(tenant: TenantScope, first: number): Promise<QuotaUse[]> {
    const size = pageSize(first);
    const { document } = await this.policies.get(tenant);
    const now = Date.now();
    // Whose allowance it is, is personal.
    const named = tenant.ability.can('read', 'Evidence');
    const longest = Math.max(0, ...Object.values(document.quotas).map((quota) => quota.windowSeconds));
    let nearest: QuotaUse[] = [];
    for await (const rows of this.readModel.since(tenant.id, new Date(now - longest * 1000), named))
      nearest = [...nearest, ...rows.flatMap((row) => useOf(row, document, now))]
        .sort((a, b) => share(b) - share(a))
        .slice(0, size);
    return nearest;
  }
}

const share = ({ used: spent, limit }: QuotaUse): number => spent / Math.max(1, limit);

function useOf(
  { quota: name, per, holder, log }: QuotaUseRow,
  { quotas }: PolicyDocument,
  now: number,
): QuotaUse[] {
  const named = Object.hasOwn(quotas, name) ? quotas[name] : undefined;
  const quota = named?.per === per ? named : undefined;
  const windowMs = (quota?.windowSeconds ?? 0) * 1000;
  const spent = used(log, now, windowMs);
  if (quota === undefined || spent === 0) return [];
  const next = resetsAt(log, now, windowMs, quota.limit);
  return [
    {
      quota: name,
      holder,
      used: spent,
      limit: quota.limit,
      remaining: Math.max(0, quota.limit - spent),
      resetsAt: next === null ? null : new Date(next),
    },
  ];
}
