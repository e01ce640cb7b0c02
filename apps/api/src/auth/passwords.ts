/** Passwords: argon2id with OWASP's parameters (19 MiB, 2 passes). */
import { hash, verify } from '@node-rs/argon2';
import { z } from 'zod';

/** Length is what counts (NIST SP 800-63B section 3.1.1.2). */
export const Password = z.string().min(12, 'at least 12 characters').max(200, 'at most 200 characters');

const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => hash(password, OPTIONS);

/** Nobody's password. Verified against when there is no such member, so that the answer takes as long. */
const NOBODY = hashPassword('reeve: no such member');

/** Costs the same whether or not there is a hash to compare with. */
export async function verifyPassword(hashed: string | null | undefined, password: string): Promise<boolean> {
  const matches = await verify(hashed ?? (await NOBODY), password.slice(0, 200));
  return matches && typeof hashed === 'string';
}
