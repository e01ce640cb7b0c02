/** Keys that the system makes for itself: a demo's. */
import { Injectable } from '@nestjs/common';
import { SYSTEM } from '../ledger/actor.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import { KeyWriter, type NewApiKey } from './key-writer.service.js';

@Injectable()
export class SystemKeysService {
  constructor(
    private readonly apiKeys: ApiKeysRepository,
    private readonly writer: KeyWriter,
  ) {}

  /** Of the keys that are not revoked. */
  async names(tenantId: string): Promise<string[]> {
    return (await this.live(tenantId)).map(({ name }) => name);
  }

  /** A management key lives for a year. */
  async create(tenantId: string, key: Omit<NewApiKey, 'expiresInDays'>, reason: string): Promise<string> {
    const expiresInDays = key.kind === 'management' ? 365 : null;
    return (await this.writer.create(SYSTEM, tenantId, { ...key, expiresInDays }, reason)).secret;
  }

  async revoke(tenantId: string, name: string, reason: string): Promise<void> {
    for (const key of await this.live(tenantId))
      if (key.name === name) await this.writer.revoke(SYSTEM, tenantId, key.id, key.version, reason);
  }

  private async live(tenantId: string) {
    return (await this.apiKeys.list(tenantId)).filter(({ revokedAt }) => revokedAt === null);
  }
}
