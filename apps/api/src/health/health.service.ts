import { Injectable } from '@nestjs/common';
import { Draining } from '../infra/draining.js';
import { DomainError } from '../infra/errors.js';
import { databaseOutage } from '../infra/outage.js';
import { ClockCheck } from '../ledger/clock-check.js';
import { implausible } from '../ledger/ledger-clock.js';
import { RecordProbe } from '../ledger/record-probe.js';

@Injectable()
export class HealthService {
  constructor(
    private readonly probe: RecordProbe,
    private readonly clock: ClockCheck,
    private readonly draining: Draining,
  ) {}

  /**
   * True where a decision could be recorded, by a clock to be believed, and this process stays. Throws `unavailable`.
   */
  async ready(): Promise<{ status: 'ready' }> {
    if (this.draining.hasBegun) throw new DomainError('unavailable', 'This process is shutting down.');
    try {
      await this.probe.write();
    } catch (cause) {
      throw new DomainError('unavailable', 'No decision could be recorded right now.', { cause });
    }
    databaseOutage.answered();
    const alarm = await this.clock.alarm();
    if (alarm !== null) throw implausible(alarm);
    return { status: 'ready' };
  }
}
