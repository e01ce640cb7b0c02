import { Module } from '@nestjs/common';
import { AuditController } from './audit.controller.js';
import { AuditExportService } from './audit-export.service.js';
import { AuditReadModel } from './audit.read-model.js';
import { AuditResolver } from './audit.resolver.js';
import { AuditService } from './audit.service.js';
import { HeadsReadModel } from './heads.read-model.js';
import { LedgerWatch } from './ledger-watch.service.js';

/** The ledger, read, watched and exported. */
@Module({
  controllers: [AuditController],
  providers: [AuditExportService, AuditReadModel, AuditResolver, AuditService, HeadsReadModel, LedgerWatch],
})
export class AuditModule {}
