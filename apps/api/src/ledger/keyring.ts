/** The keys that seal audit records: one master per key id, one derived key per tenant (packages/audit). */
import { Inject, Injectable } from '@nestjs/common';
import {
  createSealer,
  deriveTenantKeys,
  type Keyring as Masters,
  type Sealer,
  type TenantKeys,
} from '@reeve/audit';
import { CONFIG, type Config } from '../infra/config.js';
import { readKeys } from './key-files.js';

@Injectable()
export class Keyring {
  private readonly masters: Masters;
  private readonly sealers = new Map<string, Sealer>();

  constructor(@Inject(CONFIG) config: Config) {
    this.masters = readKeys(config).audit;
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
