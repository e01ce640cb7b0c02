/**
 * Passwords: argon2id with OWASP's parameters (19 MiB, 2 passes). Accounts of one address share a salt: one hash finds
 * the account a password belongs to, however many there are, so neither the answer nor its time tells their number.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { hash } from '@node-rs/argon2';
import type { Account } from '@reeve/db';
import { z } from 'zod';
import { Vault } from '../ledger/vault.js';
import { AccountsRepository } from './accounts.repository.js';
import { lanes, type Lane } from './password-lanes.js';

/** Length is what counts (NIST SP 800-63B section 3.1.1.2). */
export const Password = z.string().min(12, 'at least 12 characters').max(200, 'at most 200 characters');

const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

@Injectable()
export class Passwords {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly vault: Vault,
  ) {}

  /** For an account with this address. */
  async hash(email: string, password: string, lane: Lane = 'known'): Promise<string> {
    const [first] = await this.accounts.byEmail(email);
    return hashed(password, first === undefined ? this.saltFor(email) : saltOf(first), lane);
  }

  /** Those of `accounts`, which have one address, whose password this is. Takes as long for none as for many. */
  async matching(
    email: string,
    accounts: readonly Account[],
    password: string,
    lane: Lane,
  ): Promise<Account[]> {
    const salts = new Map(accounts.map((account) => [saltOf(account).toString('hex'), saltOf(account)]));
    if (salts.size === 0) salts.set('', this.saltFor(email));
    const hashes: string[] = [];
    for (const salt of salts.values()) hashes.push(await hashed(password, salt, lane));
    return accounts.filter(({ passwordHash }) => hashes.some((each) => equal(each, passwordHash)));
  }

  /** The same whenever it is asked, so that two first accounts of an address share theirs too. */
  private saltFor(email: string): Buffer {
    return this.vault.derive(`password-salt/${email.trim().toLowerCase()}`).subarray(0, 16);
  }
}

const hashed = (password: string, salt: Buffer, lane: Lane): Promise<string> =>
  lanes.run(lane, () => hash(password.slice(0, 200), { ...OPTIONS, salt }));

/** The fourth field of a PHC string: `$argon2id$v=19$m=…$<salt>$<hash>`. */
const saltOf = ({ passwordHash }: Account): Buffer => Buffer.from(passwordHash.split('$')[4] ?? '', 'base64');

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const equal = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));
