/** Time-based one-time passwords (RFC 6238): SHA-1, six digits, 30 seconds, what every authenticator app reads. */
import { Secret, TOTP } from 'otpauth';
import { z } from 'zod';

export const TotpCode = z.string().regex(/^\d{6}$/, 'six digits');

const PERIOD_SECONDS = 30;
/** Steps either way, for clocks that disagree. */
const WINDOW = 1;

const totp = (secret: Uint8Array, label = '') =>
  new TOTP({
    issuer: 'Reeve',
    label,
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD_SECONDS,
    secret: new Secret({ buffer: Uint8Array.from(secret).buffer }),
  });

export const newTotpSecret = (): Uint8Array => new Secret({ size: 20 }).bytes;

/** For people who type it, and for a QR code. */
export const describeTotp = (secret: Uint8Array, email: string): { secret: string; uri: string } => ({
  secret: totp(secret).secret.base32,
  uri: totp(secret, email).toString(),
});

/** The time step the code belongs to, or null. A step counts once: pass the last one accepted. */
export function acceptedStep(
  secret: Uint8Array,
  code: string,
  nowMs: number,
  lastStep: bigint | null,
): bigint | null {
  const delta = totp(secret).validate({ token: code, timestamp: nowMs, window: WINDOW });
  if (delta === null) return null;
  const step = BigInt(Math.floor(nowMs / 1000 / PERIOD_SECONDS) + delta);
  return lastStep !== null && step <= lastStep ? null : step;
}
