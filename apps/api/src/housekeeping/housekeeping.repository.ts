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

  /** For as long as the tenant keeps spans. */
  async deleteScores(tenantId: string): Promise<void> {
    await this.database.note(
      tenantId,
      (tx) => tx.$executeRaw`
        DELETE FROM score s USING tenant t
        WHERE s.tenant_id = ${tenantId}::uuid AND t.id = s.tenant_id AND s.at < now() - make_interval(days => t.telemetry_days)`,
    );
  }

  /**
   * State that has expired by the tenant's own order: no decision is made before its last record, so whatever a process
   * still remembers of these counts as empty to it, and nothing is missed.
   */
  async deleteExpiredState(tenantId: string): Promise<void> {
    await this.database.note(
      tenantId,
      (tx) => tx.$executeRaw`
        DELETE FROM decision_state s USING ledger_head h
        WHERE h.tenant_id = ${tenantId}::uuid AND s.tenant_id = h.tenant_id AND s.expires_at <= h.at`,
    );
  }
}
