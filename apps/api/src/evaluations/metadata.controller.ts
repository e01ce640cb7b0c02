import { Controller, Get, Param } from '@nestjs/common';
import { Public } from '../auth/permission.js';
import { JWKS_PATH, Metadata } from './metadata.service.js';

@Controller()
export class MetadataController {
  constructor(private readonly metadata: Metadata) {}

  /** The addresses of this PDP's endpoints (AuthZEN 1.0, PDP metadata): of those that are there. */
  @Public()
  @Get('.well-known/authzen-configuration')
  configuration() {
    return this.metadata.of();
  }

  /** The metadata of one tenant's PDP: the identifier is the public address with the tenant's name. */
  @Public()
  @Get('.well-known/authzen-configuration/:tenant')
  tenantConfiguration(@Param('tenant') tenant: string) {
    return this.metadata.of(tenant);
  }

  /** The public keys that sign the metadata (RFC 7517). */
  @Public()
  @Get(JWKS_PATH)
  keys() {
    return this.metadata.keys();
  }
}
