/** A person's own password. */
import { Injectable } from '@nestjs/common';
import { AccountChanges } from './account-changes.service.js';
import { AccountsRepository } from './accounts.repository.js';
import { Passwords } from './passwords.js';
import type { LiveSession } from './sessions.repository.js';

@Injectable()
export class AccountService {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly passwords: Passwords,
    private readonly changes: AccountChanges,
  ) {}

  recoveryCodesLeft(accountId: string): Promise<number> {
    return this.accounts.recoveryCodes(accountId);
  }

  /** Ends every other session, remembered browser and link of the account in the same transaction. */
  async setPassword({ account, session }: LiveSession, password: string): Promise<void> {
    const passwordHash = await this.passwords.hash(account.email, password);
    await this.changes.make(account, 'account.set_password', async (tx) => {
      await this.accounts.lock(tx, account.id);
      await this.accounts.update(tx, account.id, { passwordHash });
      await this.accounts.endAccess(tx, account.id, session.tokenHash);
    });
  }
}
