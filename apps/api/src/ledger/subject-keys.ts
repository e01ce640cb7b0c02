/**
 * Pseudonyms: what a record calls a person, and the key that person's evidence is under. Made under the tenant's
 * ledger lock when a person is first seen; deleting the row erases them and leaves every proof valid.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Vault } from './vault.js';

/** A pseudonym with its key in the clear. */
export interface SubjectKey {
  readonly ref: string;
  readonly key: Buffer;
}
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

  open(ref: string, wrappedKey: Uint8Array): SubjectKey {
    let key = this.unwrapped.get(ref);
    if (key === undefined) {
      key = this.vault.open(wrappedKey, ref);
      if (this.unwrapped.size >= CACHED) this.unwrapped.clear();
      this.unwrapped.set(ref, key);
    }
    return { ref, key };
  }

  make(tenantId: string, type: string, id: string): { key: SubjectKey; row: NewSubjectKey } {
    const ref = randomUUID();
    const key = randomBytes(32);
    return { key: { ref, key }, row: { tenantId, type, id, ref, wrappedKey: this.vault.seal(key, ref) } };
  }
}
