/** The keys that seal audit records: one master per key id, one derived key per tenant (packages/audit). */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { createSealer, parseKeyring, tenantKey, type Keyring as Keys, type Sealer } from '@reeve/audit';
import { CONFIG, type Config } from '../infra/config.js';
import { secretFile } from '../infra/secret-file.js';

@Injectable()
export class Keyring {
  private readonly keys: Keys;
  private readonly sealers = new Map<string, Sealer>();

  constructor(@Inject(CONFIG) config: Config) {
    const text =
      config.auditKeyring ??
      secretFile(join(config.dataDir, 'audit-keyring.json'), () =>
        JSON.stringify({ current: 'k1', keys: { k1: randomBytes(32).toString('base64') } }, null, 2),
      );
    this.keys = parseKeyring(text);
  }

  /** Seals new records of a tenant, with the current key. */
  sealer(tenantId: string): Sealer {
    let sealer = this.sealers.get(tenantId);
    if (sealer === undefined) {
      const { current, keys } = this.keys;
      sealer = createSealer(tenantKey(keys.get(current)!, tenantId), current, tenantId);
      this.sealers.set(tenantId, sealer);
    }
    return sealer;
  }

  /** Every key a tenant's records may be sealed with, by key id: for verifying and for signing an export. */
  tenantKeys(tenantId: string): { current: string; keys: ReadonlyMap<string, Uint8Array> } {
    const keys = new Map([...this.keys.keys].map(([id, master]) => [id, tenantKey(master, tenantId)]));
    return { current: this.keys.current, keys };
  }
}
