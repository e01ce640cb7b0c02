/** Sessions: a random cookie, hashed here. 12 hours since last seen, 7 days at most; 5 minutes to give a second factor. */
import { Injectable } from '@nestjs/common';
import type { Account, Session } from '@reeve/db';
import { Database } from '../infra/database.js';
import { newToken, tokenHash } from '../auth/tokens.js';

const MINUTE = 60_000;
export const SLIDING_MS = 12 * 60 * MINUTE;
export const ABSOLUTE_MS = 7 * 24 * 60 * MINUTE;
const SECOND_FACTOR_MS = 5 * MINUTE;
/** How stale `seen_at` may get before it is written again. */
const SEEN_EVERY_MS = MINUTE;

export interface LiveSession {
  readonly session: Session;
  readonly account: Account;
  /** The password was right, the second factor is still owed. */
  readonly owesSecondFactor: boolean;
}

@Injectable()
export class SessionsRepository {
  constructor(private readonly database: Database) {}

  /** Returns the cookie's value, the only time it is known here. */
  async open(
    account: Account,
    secondFactor: 'given' | 'owed' | 'not_in_use',
    now = new Date(),
  ): Promise<string> {
    const token = newToken();
    const lifetime = secondFactor === 'owed' ? SECOND_FACTOR_MS : SLIDING_MS;
    await this.database.app.session.create({
      data: {
        tokenHash: tokenHash(token),
        accountId: account.id,
        createdAt: now,
        seenAt: now,
        expiresAt: new Date(now.getTime() + lifetime),
        mfaAt: secondFactor === 'given' ? now : null,
      },
    });
    return token;
  }

  /** null: no such session, or expired. Moves the sliding end. */
  async find(token: string, now = new Date()): Promise<LiveSession | null> {
    const live = await this.findByHash(tokenHash(token), now);
    if (live !== null && !live.owesSecondFactor) await this.slide(live.session, now);
    return live;
  }

  /** The same without being seen: looking at a session does not prolong it. */
  async findByHash(hash: string, now = new Date()): Promise<LiveSession | null> {
    const session = await this.database.app.session.findUnique({ where: { tokenHash: hash } });
    if (session === null || session.expiresAt <= now) return null;
    const account = await this.database.app.account.findUnique({ where: { id: session.accountId } });
    if (account === null) return null;
    return { session, account, owesSecondFactor: account.totpEnabledAt !== null && session.mfaAt === null };
  }

  async close(hash: string): Promise<void> {
    await this.database.app.session.deleteMany({ where: { tokenHash: hash } });
  }

  async markSecondFactor(hash: string, now = new Date()): Promise<void> {
    await this.database.app.session.updateMany({ where: { tokenHash: hash }, data: { mfaAt: now } });
  }

  private async slide(session: Session, now: Date): Promise<void> {
    if (now.getTime() - session.seenAt.getTime() < SEEN_EVERY_MS) return;
    const end = Math.min(now.getTime() + SLIDING_MS, session.createdAt.getTime() + ABSOLUTE_MS);
    await this.database.app.session.updateMany({
      where: { tokenHash: session.tokenHash },
      data: { seenAt: now, expiresAt: new Date(end) },
    });
  }
}
