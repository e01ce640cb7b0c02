/** Rows that nothing looks at any more go. Evidence and records never do. */
import { Injectable } from '@nestjs/common';
import { HousekeepingRepository } from './housekeeping.repository.js';

const DAY = 24 * 3600_000;

@Injectable()
export class HousekeepingService {
  constructor(private readonly store: HousekeepingRepository) {}

  async tidy(now = new Date()): Promise<void> {
    await this.store.deleteSessions(now);
    await this.store.deleteHeartbeats(new Date(now.getTime() - DAY));
    await this.store.deleteBrowsers(now);
    for (const tenantId of await this.store.tenantIds()) {
      await this.store.deleteLinks(tenantId, now);
      await this.store.deleteExpiredState(tenantId);
      await this.store.deleteScores(tenantId);
    }
  }
}
