import { Injectable } from '@nestjs/common';
import type { TenantScope } from '../auth/tenant-scope.js';
import { ToolsReadModel, type ToolStatsRow } from './tools.read-model.js';

@Injectable()
export class ToolsService {
  constructor(private readonly readModel: ToolsReadModel) {}

  /** Tools that were asked for since `from`, most called first; unknown ones too. */
  stats(tenant: TenantScope, from: Date): Promise<ToolStatsRow[]> {
    return this.readModel.stats(tenant.id, from);
  }
}
