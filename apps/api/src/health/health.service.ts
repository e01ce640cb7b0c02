import { Injectable } from '@nestjs/common';
import { Database } from '../infra/database.js';
import { DomainError } from '../infra/errors.js';

@Injectable()
export class HealthService {
  constructor(private readonly database: Database) {}

  /** Whether decisions can be made: the database answers. Throws `unavailable`. */
  async ready(): Promise<{ status: 'ready' }> {
    try {
      await this.database.app.$queryRaw`SELECT 1`;
    } catch (cause) {
      throw new DomainError('unavailable', 'The database cannot be reached right now.', { cause });
    }
    return { status: 'ready' };
  }
}
