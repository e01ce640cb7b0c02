import { Injectable } from '@nestjs/common';
import { Database } from '../infra/database.js';

@Injectable()
export class RememberedBrowsersRepository {
  constructor(private readonly database: Database) {}

  async has(accountIds: string[], tokenHash: string, now = new Date()): Promise<boolean> {
    const where = { accountId: { in: accountIds }, tokenHash, expiresAt: { gt: now } };
    return (await this.database.app.rememberedBrowser.count({ where })) > 0;
  }

  async add(accountId: string, tokenHash: string, expiresAt: Date): Promise<void> {
    const key = { accountId, tokenHash };
    await this.database.app.rememberedBrowser.upsert({
      where: { accountId_tokenHash: key },
      create: { ...key, expiresAt },
      update: { expiresAt },
    });
  }
}
