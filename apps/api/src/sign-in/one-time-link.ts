/** A one-time link: `<tenant>_<secret>` for the holder, so that it is looked up under that tenant's row-level security; its hash for the store. */
import type { OneTimeLink } from '@reeve/db';
import { fromShortId, toShortId } from '../infra/short-id.js';
import { newToken, tokenHash } from '../auth/tokens.js';

export const LINK_MS = 24 * 60 * 60_000;

const FORMAT = /^([A-Za-z0-9_-]{22})_[A-Za-z0-9_-]{43}$/;

/** For a member's place, or, without one, the first administrator's. */
export function newLink(
  tenantId: string,
  memberId: string | null,
  madeBy: string,
  now: Date,
): { token: string; row: OneTimeLink } {
  const token = `${toShortId(tenantId)}_${newToken()}`;
  const expiresAt = new Date(now.getTime() + LINK_MS);
  return { token, row: { tenantId, tokenHash: tokenHash(token), memberId, madeBy, expiresAt } };
}

/** Where the link would be; null for what was never one. */
export function placeOf(token: string): { tenantId: string; tokenHash: string } | null {
  const match = FORMAT.exec(token);
  return match === null ? null : { tenantId: fromShortId(match[1]!), tokenHash: tokenHash(token) };
}
