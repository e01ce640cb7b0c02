/**
 * `rvk_<agent|mgmt>_<tenant>_<secret>`: the tenant's UUID (22 characters of base64url), so that a key is looked up under
 * that tenant's row-level security, and 256 random bits (43 characters).
 */
import { newToken, tokenHash } from '../auth/tokens.js';
import { fromShortId, toShortId } from '../infra/short-id.js';

export type ApiKeyKind = 'agent' | 'management';

export interface ParsedKey {
  readonly kind: ApiKeyKind;
  readonly tenantId: string;
  /** SHA-256 of the whole key, hex. */
  readonly hash: string;
}

const FORMAT = /^rvk_(agent|mgmt)_([A-Za-z0-9_-]{22})_([A-Za-z0-9_-]{43})$/;

/** null for what was never a key. */
export function parseApiKey(text: string): ParsedKey | null {
  const match = FORMAT.exec(text);
  if (match === null) return null;
  const tenantId = fromShortId(match[2]!);
  return { kind: match[1] === 'agent' ? 'agent' : 'management', tenantId, hash: tokenHash(text) };
}

export function newApiKey(
  kind: ApiKeyKind,
  tenantId: string,
): { secret: string; hash: string; hint: string } {
  const secret = `rvk_${kind === 'agent' ? 'agent' : 'mgmt'}_${toShortId(tenantId)}_${newToken()}`;
  return { secret, hash: tokenHash(secret), hint: secret.slice(-4) };
}
