import { Injectable } from '@nestjs/common';
import { Draining } from '../infra/draining.js';
import { DomainError } from '../infra/errors.js';
import { databaseOutage } from '../infra/outage.js';
import { RecordProbe } from '../ledger/record-probe.js';

@Injectable()
export class HealthService {
  constructor(
    private readonly probe: RecordProbe,
    private readonly draining: Draining,
  ) {}

  /** Whether a decision could be recorded, and this process stays. Throws `unavailable`. */
  async ready(): Promise<{ status: 'ready' }> {
    if (this.draining.hasBegun) throw new DomainError('unavailable', 'This process is shutting down.');
    try {
      await this.probe.write();
    } catch (cause) {
      throw new DomainError('unavailable', 'No decision could be recorded right now.', { cause });
    }
    databaseOutage.answered();
    return { status: 'ready' };
  }
}
