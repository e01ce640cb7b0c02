/** Bearer secrets: 256 random bits to the holder, their SHA-256 to us. Random enough that a plain hash can't be guessed. */
import { hash, randomBytes } from 'node:crypto';

/** 43 characters of base64url. */
export const newToken = (): string => randomBytes(32).toString('base64url');

export const tokenHash = (token: string): string => hash('sha256', token);
