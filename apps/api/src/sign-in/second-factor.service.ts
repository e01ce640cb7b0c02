/**
 * The second factor: enabled with a confirmed code, asked for after the password, each code good for one use. Whatever
 * changes it is a record of the platform, because an account is no tenant's.
 */
import { Injectable } from '@nestjs/common';
import type { Account } from '@reeve/db';
import { DomainError } from '../infra/errors.js';
import { Vault } from '../ledger/vault.js';
import { AccountChanges } from './account-changes.service.js';
import { AccountsRepository } from './accounts.repository.js';
import { newRecoveryCodes, recoveryCodeHash } from './recovery-codes.js';
import { SessionsRepository, type LiveSession } from './sessions.repository.js';
import { acceptedStep, describeTotp, newTotpSecret } from './totp.js';

@Injectable()
export class SecondFactorService {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly sessions: SessionsRepository,
    private readonly changes: AccountChanges,
    private readonly vault: Vault,
  ) {}

  /** Makes a secret that counts once it is confirmed. Throws `conflict` while one is in use. */
  async enable(account: Account): Promise<{ secret: string; uri: string }> {
    if (account.totpEnabledAt !== null)
      throw new DomainError('conflict', 'A second factor is in use already.');
    const secret = newTotpSecret();
    await this.accounts.offerTotp(account.id, this.vault.seal(secret, context(account)));
    return describeTotp(secret, account.email);
  }

  /** Signs the person out everywhere else. Answers with the recovery codes; null: the code was wrong. */
  async confirm({ account, session }: LiveSession, code: string): Promise<string[] | null> {
    if (account.totpEnabledAt !== null)
      throw new DomainError('conflict', 'A second factor is in use already.');
    if (!(await this.spendTotp(account, code))) return null;
    const codes = newRecoveryCodes();
    await this.changes.make(account, 'account.second_factor_on', async (tx, at) => {
      // The secret whose code was right, whatever was offered meanwhile.
      await this.accounts.update(tx, account.id, { totpSecret: account.totpSecret, totpEnabledAt: at.now });
      await this.accounts.replaceRecoveryCodes(tx, account.id, codes.map(recoveryCodeHash));
      await this.accounts.endAccess(tx, account.id, session.tokenHash);
    });
    await this.sessions.markSecondFactor(session.tokenHash);
    return codes;
  }

  async disable({ account, session }: LiveSession, code: string): Promise<true | null> {
    if (account.totpEnabledAt === null) throw new DomainError('conflict', 'No second factor is in use.');
    if (!(await this.spend(account, code))) return null;
    await this.changes.make(account, 'account.second_factor_off', async (tx) => {
      await this.accounts.update(tx, account.id, {
        totpSecret: null,
        totpEnabledAt: null,
        totpLastStep: null,
      });
      await this.accounts.replaceRecoveryCodes(tx, account.id, []);
      await this.accounts.endAccess(tx, account.id, session.tokenHash);
    });
    return true;
  }

  /** New recovery codes; the old ones are worth nothing. null: the code was wrong. */
  async renewRecoveryCodes({ account }: LiveSession, code: string): Promise<string[] | null> {
    if (account.totpEnabledAt === null) throw new DomainError('conflict', 'No second factor is in use.');
    if (!(await this.spendTotp(account, code))) return null;
    const codes = newRecoveryCodes();
    await this.changes.make(account, 'account.recovery_codes_made', (tx) =>
      this.accounts.replaceRecoveryCodes(tx, account.id, codes.map(recoveryCodeHash)),
    );
    return codes;
  }

  /** Whether the code, an authenticator's or a recovery code, is right and was not used before. */
  async spend(account: Account, code: string): Promise<true | null> {
    return /^\d{6}$/.test(code) ? this.spendTotp(account, code) : this.spendRecovery(account, code);
  }

  private async spendTotp(account: Account, code: string): Promise<true | null> {
    if (account.totpSecret === null) return null;
    const secret = this.vault.open(account.totpSecret, context(account));
    const step = acceptedStep(secret, code, Date.now(), account.totpLastStep);
    return step !== null && (await this.accounts.spendTotpStep(account.id, step)) ? true : null;
  }

  private async spendRecovery(account: Account, code: string): Promise<true | null> {
    const hash = recoveryCodeHash(code);
    if (!(await this.accounts.hasRecoveryCode(account.id, hash))) return null;
    await this.changes.make(account, 'account.recovery_code_used', async (tx) => {
      if (!(await this.accounts.spendRecoveryCode(tx, account.id, hash)))
        throw new DomainError('unauthenticated', 'The code is wrong or was used.');
    });
    return true;
  }
}

/** A secret opens for the account it was made for. */
const context = (account: Account): string => `totp/${account.id}`;
