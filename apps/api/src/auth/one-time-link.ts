/** A one-time link: its secret for the holder, its hash for the store. */
import type { OneTimeLink } from '@reeve/db';
import { newToken, tokenHash } from './tokens.js';

export const PASSWORD_LINK_MS = 24 * 60 * 60_000;
export type LinkPurpose = 'setup' | 'password';

/** A row for whoever writes it: sign-in itself, or the change that adds a member. */
export function newLink(
  purpose: LinkPurpose,
  memberId: string | null,
  now: Date,
): { token: string; row: OneTimeLink } {
  const token = newToken();
  const expiresAt = new Date(now.getTime() + PASSWORD_LINK_MS);
  return { token, row: { tokenHash: tokenHash(token), purpose, memberId, expiresAt, usedAt: null } };
}
