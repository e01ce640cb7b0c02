import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { TenantScope } from '../auth/tenant-scope.js';
import { keyOf, pageOf, pageSize } from '../infra/page.js';
import { valid } from '../infra/valid.js';
import { PoliciesService } from '../policies/policies.service.js';
import type { ToolStatsConnection } from './tool-stats.model.js';
import { ToolsReadModel } from './tools.read-model.js';

const Calls = z.coerce
  .number()
  .int()
  .min(0)
  .max(2 ** 31 - 1);

@Injectable()
export class ToolsService {
  constructor(
    private readonly readModel: ToolsReadModel,
    private readonly policies: PoliciesService,
  ) {}

  /**
   * Tools that were asked for since `from`, most called first. `known`: only those of the policy, or only others, whose
   * names agents made up and there is no end of.
   */
  async stats(
    tenant: TenantScope,
    from: Date,
    known: boolean | null,
    first: number,
    after: string | null,
  ): Promise<ToolStatsConnection> {
    const size = pageSize(first);
    const cursor = after === null ? undefined : keyOf(after, 2);
    const { document } = await this.policies.get(tenant);
    const rows = await this.readModel.stats(
      tenant.id,
      from,
      { names: Object.keys(document.tools), known },
      size,
      cursor && [valid(Calls, cursor[0], 'after'), cursor[1]!],
    );
    return pageOf(rows, size, ({ calls, tool }) => [calls, tool]);
  }
}
