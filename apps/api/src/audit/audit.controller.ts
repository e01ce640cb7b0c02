import { Readable } from 'node:stream';
import { Controller, Get, Inject, Query, Req, StreamableFile } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { AdminActor } from '../auth/admin-actor.js';
import { CurrentActor, InTenant } from '../auth/current.js';
import { Permission } from '../auth/permission.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { CONFIG, type Config } from '../infra/config.js';
import { refuseForeignPage } from '../infra/origins.js';
import { AuditExportService } from './audit-export.service.js';
import { ExportQuery } from './export-query.js';

/** The audit log as a file, streamed: NDJSON to verify with `reeve-audit`, CSV to read. */
@Controller('v1/audit')
export class AuditController {
  constructor(
    private readonly exports: AuditExportService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('export')
  @Permission('export', 'AuditRecord')
  async export(
    @Query({ schema: ExportQuery }) query: ExportQuery,
    @InTenant() tenant: TenantScope,
    @CurrentActor() actor: AdminActor,
    @Req() request: FastifyRequest,
  ): Promise<StreamableFile> {
    // A GET that leaves a record: no foreign page may make a browser send it.
    refuseForeignPage(request, this.config);
    const { lines, contentType, fileName } = await this.exports.export(actor, tenant, query);
    return new StreamableFile(Readable.from(lines), {
      type: contentType,
      disposition: `attachment; filename="${fileName}"`,
    });
  }
}
