/** One-time links: the first admin's set-up and a new member's password. Hashed, used once, short-lived. */
import { Injectable } from '@nestjs/common';
import type { OneTimeLink } from '@reeve/db';
import { Database } from '../infra/database.js';
import { newLink, type LinkPurpose } from './one-time-link.js';
import { tokenHash } from './tokens.js';

@Injectable()
export class OneTimeLinksRepository {
  constructor(private readonly database: Database) {}

  /** For whoever starts an empty Reeve. Works until somebody has used one. */
  async issueSetup(now = new Date()): Promise<string> {
    const { token, row } = newLink('setup', null, now);
    await this.database.app.oneTimeLink.create({ data: row });
    return token;
  }

  /** Uses the link up. null when it is unknown, expired or was used, also by a request at the same moment. */
  async use(token: string, purpose: LinkPurpose, now = new Date()): Promise<OneTimeLink | null> {
    const where = { tokenHash: tokenHash(token), purpose, usedAt: null, expiresAt: { gt: now } };
    const { count } = await this.database.app.oneTimeLink.updateMany({ where, data: { usedAt: now } });
    return count === 0
      ? null
      : this.database.app.oneTimeLink.findUnique({ where: { tokenHash: where.tokenHash } });
  }

  /** Whether the link would work, without using it. */
  async works(token: string, purpose: LinkPurpose, now = new Date()): Promise<boolean> {
    const row = await this.database.app.oneTimeLink.findUnique({ where: { tokenHash: tokenHash(token) } });
    return row !== null && row.purpose === purpose && row.usedAt === null && row.expiresAt > now;
  }
}
