/**
 * Pseudonyms: what a record calls a person, and the key that person's evidence is under. Made under the tenant's
 * ledger lock when a person is first seen; deleting the row erases them and leaves every proof valid.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { JsonObject } from '@reeve/policy';
import { DomainError } from '../infra/errors.js';
import { decrypt, encrypt, Vault } from './vault.js';

/** A pseudonym with its key in the clear. A row that does not open is the trouble of whoever needs this very key. */
export class SubjectKey {
  constructor(
    readonly ref: string,
    private readonly opened: Buffer | Error,
  ) {}

  /** Throws `unavailable` when it did not open. */
  get key(): Buffer {
    if (this.opened instanceof Error)
      throw new DomainError('unavailable', 'the key of this subject does not open', { cause: this.opened });
    return this.opened;
  }

  /** What the tenant says of the subject, as it is kept: with the key, and gone with it. */
  sealAttributes(attributes: JsonObject): Buffer {
    return encrypt(this.key, Buffer.from(JSON.stringify(attributes)), attributesContext(this.ref));
  }

  /** Throws when it does not open. */
  openAttributes(sealed: Uint8Array): JsonObject {
    return JSON.parse(decrypt(this.key, sealed, attributesContext(this.ref)).toString()) as JsonObject;
  }
}

const attributesContext = (ref: string): string => `attributes/${ref}`;

/** A row of subject_key that is to be written. */
export interface NewSubjectKey {
  readonly tenantId: string;
  readonly type: string;
  readonly id: string;
  readonly ref: string;
  readonly wrappedKey: Buffer;
}

const CACHED = 50_000;

@Injectable()
export class SubjectKeys {
  private readonly unwrapped = new Map<string, Buffer>();

  constructor(private readonly vault: Vault) {}

  /** Never throws: a look-up for many must not fail because of one. */
  open(ref: string, wrappedKey: Uint8Array): SubjectKey {
    try {
      return new SubjectKey(ref, this.unwrap(ref, wrappedKey));
    } catch (error) {
      return new SubjectKey(ref, error as Error);
    }
  }

  make(tenantId: string, type: string, id: string): { key: SubjectKey; row: NewSubjectKey } {
    const ref = randomUUID();
    const key = randomBytes(32);
    return {
      key: new SubjectKey(ref, key),
      row: { tenantId, type, id, ref, wrappedKey: this.vault.seal(key, ref) },
    };
  }

  private unwrap(ref: string, wrappedKey: Uint8Array): Buffer {
    let key = this.unwrapped.get(ref);
    if (key === undefined) {
      key = this.vault.open(wrappedKey, ref);
      if (this.unwrapped.size >= CACHED) this.unwrapped.clear();
      this.unwrapped.set(ref, key);
    }
    return key;
  }
}
