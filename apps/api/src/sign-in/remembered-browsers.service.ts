/**
 * A browser that has signed in: a long-lived cookie of 256 random bits that opens nothing. It only says that its holder
 * got in before, so that strangers' guesses are not counted against them. It ends with the password.
 */
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BrowserCookie } from './browser-cookie.js';
import { RememberedBrowsersRepository } from './remembered-browsers.repository.js';
import { newToken, tokenHash } from '../auth/tokens.js';

const REMEMBERED_MS = 180 * 24 * 60 * 60_000;

@Injectable()
export class RememberedBrowsers {
  constructor(
    private readonly browsers: RememberedBrowsersRepository,
    private readonly cookie: BrowserCookie,
  ) {}

  /** What the browser is known by at one of these accounts; null: a stranger. */
  async at(request: FastifyRequest, accounts: readonly { readonly id: string }[]): Promise<string | null> {
    const token = this.cookie.read(request);
    if (token === undefined) return null;
    const hash = tokenHash(token);
    const ids = accounts.map(({ id }) => id);
    return (await this.browsers.has(ids, hash)) ? `browser:${hash}` : null;
  }

  /** One cookie for all accounts that use this browser. */
  async remember(request: FastifyRequest, reply: FastifyReply, accountId: string): Promise<void> {
    const token = this.cookie.read(request) ?? newToken();
    await this.browsers.add(accountId, tokenHash(token), new Date(Date.now() + REMEMBERED_MS));
    this.cookie.set(reply, token, REMEMBERED_MS);
  }
}
