/** Who is near which limit right now. Counted with the function that decides. */
import { Injectable } from '@nestjs/common';
import { resetsAt, used } from '@reeve/policy';
import type { TenantScope } from '../auth/tenant-scope.js';
import { PoliciesService } from '../policies/policies.service.js';
import type { QuotaUse } from './quota-use.model.js';
import { QuotasReadModel } from './quotas.read-model.js';

@Injectable()
export class QuotasService {
  constructor(
    private readonly readModel: QuotasReadModel,
    private readonly policies: PoliciesService,
  ) {}

  /** Nearest to its limit first; what has wholly expired, or belongs to a quota that is gone, is left out. */
  async use(tenant: TenantScope): Promise<QuotaUse[]> {
    const [{ document }, rows] = await Promise.all([
      this.policies.get(tenant),
      this.readModel.list(tenant.id),
    ]);
    const now = Date.now();
    return rows
      .flatMap(({ key, log }): QuotaUse[] => {
        const colon = key.indexOf(':');
        const name = key.slice(0, colon);
        const quota = Object.hasOwn(document.quotas, name) ? document.quotas[name] : undefined;
        const windowMs = (quota?.windowSeconds ?? 0) * 1000;
        const spent = used(log, now, windowMs);
        if (quota === undefined || spent === 0) return [];
        const next = resetsAt(log, now, windowMs, quota.limit);
        return [
          {
            quota: name,
            holder: key.slice(colon + 1),
            used: spent,
            limit: quota.limit,
            remaining: Math.max(0, quota.limit - spent),
            resetsAt: next === null ? null : new Date(next),
          },
        ];
      })
      .sort((a, b) => b.used / Math.max(1, b.limit) - a.used / Math.max(1, a.limit));
  }
}
