/**
 * Encryption at rest: AES-256-GCM, a fresh 96-bit nonce in front, the tag behind (NIST SP 800-38D). The vault key wraps
 * subject keys and TOTP secrets; a subject's key encrypts that subject's evidence.
 */
import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../infra/config.js';
import { freshBytes } from './fresh-bytes.js';
import { readKeys } from './key-files.js';

const NONCE = 12;
const TAG = 16;

/** nonce || ciphertext || tag. `context` is authenticated and not stored: a ciphertext moved elsewhere does not open. */
export function encrypt(key: Uint8Array, plain: Uint8Array, context: string): Buffer {
  const nonce = freshBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(context));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Throws when the key, the context or a byte is wrong. */
export function decrypt(key: Uint8Array, sealed: Uint8Array, context: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE), { authTagLength: TAG });
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE, sealed.length - TAG)), decipher.final()]);
}

@Injectable()
export class Vault {
  private readonly key: Buffer;

  constructor(@Inject(CONFIG) config: Config) {
    this.key = readKeys(config).vault;
  }

  seal(plain: Uint8Array, context = ''): Buffer {
    return encrypt(this.key, plain, context);
  }

  open(sealed: Uint8Array, context = ''): Buffer {
    return decrypt(this.key, sealed, context);
  }

  /** 32 bytes that are always the same for a context and nothing to whoever lacks the key. */
  derive(context: string): Buffer {
    return createHmac('sha256', this.key).update(`derive/${context}`).digest();
  }
}
