/** The keys that seal audit records: one master per key id, one derived key per tenant (packages/audit). */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import {
  createSealer,
  deriveTenantKeys,
  parseKeyring,
  type Keyring as Masters,
  type Sealer,
  type TenantKeys,
} from '@reeve/audit';
import { CONFIG, type Config } from '../infra/config.js';
import { secretFile } from '../infra/secret-file.js';

@Injectable()
export class Keyring {
  private readonly masters: Masters;
  private readonly sealers = new Map<string, Sealer>();

  constructor(@Inject(CONFIG) config: Config) {
    const fresh = () =>
      JSON.stringify({ current: 'k1', keys: { k1: randomBytes(32).toString('base64') } }, null, 2);
    this.masters = parseKeyring(
      config.auditKeyring ?? secretFile(join(config.dataDir, 'audit-keyring.json'), fresh),
    );
  }

  /** Seals a tenant's new records and signs its exports, with the current key. */
  sealer(tenantId: string): Sealer {
    let sealer = this.sealers.get(tenantId);
    if (sealer === undefined) {
      const { current } = this.masters;
      sealer = createSealer(this.tenantKeys(tenantId).keys.get(current)!, current, tenantId);
      this.sealers.set(tenantId, sealer);
    }
    return sealer;
  }

  /** Every key a tenant's records may have been sealed with, by key id: for verifying. */
  tenantKeys(tenantId: string): TenantKeys {
    return deriveTenantKeys(this.masters, tenantId);
  }
}
