/** The PDP's metadata (AuthZEN 1.0, "Policy Decision Point Metadata"), plain and signed, and the keys that signed it. */
import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { agentControllers } from '../entrance/agent-controllers.js';
import { routesOf } from '../entrance/agent-route.js';
import { CONFIG, type Config } from '../infra/config.js';
import { DomainError } from '../infra/errors.js';
import { publicUrl } from '../infra/public-url.js';
import { Keyring } from '../ledger/keyring.js';
import { signJwt } from '../ledger/sign-jwt.js';

/** The standard's parameter for each of its endpoints; one that no route serves is not in the metadata. */
const ENDPOINTS: ReadonlyMap<string, string> = new Map([
  ['/access/v1/evaluation', 'access_evaluation_endpoint'],
  ['/access/v1/evaluations', 'access_evaluations_endpoint'],
  ['/access/v1/search/subject', 'search_subject_endpoint'],
  ['/access/v1/search/resource', 'search_resource_endpoint'],
  ['/access/v1/search/action', 'search_action_endpoint'],
]);

/** URNs of what this PDP can beyond the standard. While there is none the member is left out, as the standard says. */
const CAPABILITIES: readonly string[] = [];

export const JWKS_PATH = '/.well-known/jwks.json';
const SIGNED_SECONDS = 24 * 60 * 60;
const TENANT = /^[a-z0-9][a-z0-9_-]{0,62}$/i;

@Injectable()
export class Metadata {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly modules: ModuleRef,
    private readonly keyring: Keyring,
  ) {}

  /**
   * `tenant`: the form for PEPs that know a PDP per tenant. Endpoints are the same: the API key says whose it is. Any
   * well-formed name is answered, so that nobody learns which tenants there are.
   */
  of(tenant?: string) {
    const plain = this.plain(tenant);
    const iat = Math.floor(Date.now() / 1000);
    const claims = { iss: plain.policy_decision_point, iat, exp: iat + SIGNED_SECONDS, ...plain };
    return { ...plain, signed_metadata: signJwt(this.keyring.signingKey(), claims) };
  }

  /** RFC 7517. Old keys stay: what they signed may still be held. */
  keys() {
    return { keys: this.keyring.publicKeys() };
  }

  private plain(tenant: string | undefined) {
    if (tenant !== undefined && !TENANT.test(tenant))
      throw new DomainError('not_found', 'There is nothing here.');
    const pdp = publicUrl(this.config);
    const endpoints = routesOf(agentControllers(this.modules)).flatMap(({ path }) => {
      const parameter = ENDPOINTS.get(path);
      return parameter === undefined ? [] : [[parameter, pdp + path] as const];
    });
    return {
      policy_decision_point: tenant === undefined ? pdp : `${new URL(pdp).origin}/${tenant}`,
      ...Object.fromEntries(endpoints),
      ...(CAPABILITIES.length > 0 ? { capabilities: CAPABILITIES } : {}),
      jwks_uri: pdp + JWKS_PATH,
    };
  }
}
