/** The database's clock looked at without deciding anything: so an alarm begins and ends also where nobody asks. */
import { Injectable } from '@nestjs/common';
import { PLATFORM_TENANT_ID } from '../infra/config.js';
import { Database } from '../infra/database.js';
import { LedgerClock, type ClockJump } from './ledger-clock.js';
import { VOUCHED } from './ledger.sql.js';

@Injectable()
export class ClockCheck {
  constructor(
    private readonly database: Database,
    private readonly clock: LedgerClock,
  ) {}

  /** The sentence that says what is wrong, or null. */
  async alarm(): Promise<string | null> {
    return (await this.jump())?.sentence ?? null;
  }

  /** What is not believed, or null. */
  jump(): Promise<ClockJump | null> {
    return this.database.read(PLATFORM_TENANT_ID, async (tx) => {
      const [{ now }] = await tx.$queryRaw<[{ now: number }]>`SELECT ledger_now() AS now`;
      if (this.clock.believes(now)) return null;
      const [vouched] = await tx.$queryRawUnsafe<{ vouchedAt: number }[]>(VOUCHED, PLATFORM_TENANT_ID);
      return this.clock.isVouchedFor(now, vouched?.vouchedAt ?? null) ? null : this.clock.jump;
    });
  }
}
