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
import { signingKey, type PublicJwk, type SigningKey } from './signing-key.js';

@Injectable()
export class Keyring {
  private readonly masters: Masters;
  private readonly sealers = new Map<string, Sealer>();
  private readonly signing: ReadonlyMap<string, SigningKey>;

  constructor(@Inject(CONFIG) config: Config) {
    this.masters = readKeys(config).audit;
    this.signing = new Map([...this.masters.masters].map(([id, master]) => [id, signingKey(master)]));
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

  /** Signs what the deployment says in public. */
  signingKey(): SigningKey {
    return this.signing.get(this.masters.current)!;
  }

  /** Those that may have signed, the current one first. */
  publicKeys(): PublicJwk[] {
    const current = this.signingKey();
    return [current, ...[...this.signing.values()].filter((key) => key !== current)].map(({ jwk }) => jwk);
  }
}
