/** The second factor: enabled with a confirmed code, asked for after the password, each code good for one use. */
import { Injectable } from '@nestjs/common';
import type { Member } from '@reeve/db';
import { DomainError } from '../infra/errors.js';
import { Vault } from '../ledger/vault.js';
import { CredentialsRepository } from './credentials.repository.js';
import { SessionsRepository } from './sessions.repository.js';
import { acceptedStep, describeTotp, newTotpSecret } from './totp.js';

@Injectable()
export class SecondFactorService {
  constructor(
    private readonly credentials: CredentialsRepository,
    private readonly sessions: SessionsRepository,
    private readonly vault: Vault,
  ) {}

  /** Makes a secret that counts once it is confirmed. Throws `conflict` while one is in use. */
  async enable(member: Member): Promise<{ secret: string; uri: string }> {
    if (member.totpEnabledAt !== null)
      throw new DomainError('conflict', 'A second factor is in use already.');
    const secret = newTotpSecret();
    await this.credentials.setTotp(member.id, this.vault.seal(secret, context(member)), null);
    return describeTotp(secret, member.email);
  }

  /** Signs the member out everywhere else. */
  async confirm(member: Member, sessionHash: string, code: string): Promise<boolean> {
    if (member.totpEnabledAt !== null)
      throw new DomainError('conflict', 'A second factor is in use already.');
    if (!(await this.spend(member, code))) return false;
    await this.credentials.setTotp(member.id, member.totpSecret, new Date());
    await this.sessions.markSecondFactor(sessionHash);
    await this.sessions.closeOthers(member.id, sessionHash);
    return true;
  }

  async disable(member: Member, sessionHash: string, code: string): Promise<boolean> {
    if (member.totpEnabledAt === null) throw new DomainError('conflict', 'No second factor is in use.');
    if (!(await this.spend(member, code))) return false;
    await this.credentials.setTotp(member.id, null, null);
    await this.sessions.closeOthers(member.id, sessionHash);
    return true;
  }

  /** Whether the code is right, and was not used before. */
  async spend(member: Member, code: string): Promise<boolean> {
    if (member.totpSecret === null) return false;
    const secret = this.vault.open(member.totpSecret, context(member));
    const step = acceptedStep(secret, code, Date.now(), member.totpLastStep);
    return step !== null && (await this.credentials.spendTotpStep(member.id, step));
  }
}

/** A secret opens for the member it was made for. */
const context = (member: Member): string => `totp/${member.id}`;
