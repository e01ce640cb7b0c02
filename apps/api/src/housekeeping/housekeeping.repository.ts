import { Injectable } from '@nestjs/common';
import { Database } from '../infra/database.js';

@Injectable()
export class HousekeepingRepository {
  constructor(private readonly database: Database) {}

  async tenantIds(): Promise<string[]> {
    return (await this.database.app.tenant.findMany({ select: { id: true } })).map(({ id }) => id);
  }

  async deleteSessions(expiredBefore: Date): Promise<void> {
    await this.database.app.session.deleteMany({ where: { expiresAt: { lt: expiredBefore } } });
  }

  async deleteBrowsers(expiredBefore: Date): Promise<void> {
    await this.database.app.rememberedBrowser.deleteMany({ where: { expiresAt: { lt: expiredBefore } } });
  }

  async deleteLinks(tenantId: string, expiredBefore: Date): Promise<void> {
    await this.database.note(tenantId, (tx) =>
      tx.oneTimeLink.deleteMany({ where: { tenantId, expiresAt: { lt: expiredBefore } } }),
    );
  }

  async deleteHeartbeats(before: Date): Promise<void> {
    await this.database.app.heartbeat.deleteMany({ where: { at: { lt: before } } });
  }

  async deleteQuotaUse(tenantId: string, untouchedSince: Date): Promise<void> {
    await this.database.note(tenantId, (tx) =>
      tx.quotaUse.deleteMany({ where: { tenantId, updatedAt: { lt: untouchedSince } } }),
    );
  }
}
