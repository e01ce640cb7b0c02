/** What a handler demands. The global guard denies a handler that says nothing. */
import { SetMetadata } from '@nestjs/common';
import type { AdminAction, AdminResource } from '@reeve/policy';

export type Demand =
  | { readonly kind: 'public' }
  | { readonly kind: 'signed_in' }
  | {
      readonly kind: 'permission';
      readonly action: AdminAction;
      readonly resource: AdminResource;
      readonly acrossTenants: boolean;
    };

export const DEMAND = Symbol('what a handler demands');

/** Anyone: health, sign-in, documents. */
export const Public = () => SetMetadata(DEMAND, { kind: 'public' } satisfies Demand);

/** Any signed-in member or management key; the handler answers with nothing but their own. */
export const SignedIn = () => SetMetadata(DEMAND, { kind: 'signed_in' } satisfies Demand);

/**
 * An actor who may do `action` to `resource` in the tenant that the request names; on the platform if it names none.
 * `acrossTenants`: the request may also name `_all`, and gets those tenants where the actor may.
 */
export const Permission = (action: AdminAction, resource: AdminResource, { acrossTenants = false } = {}) =>
  SetMetadata(DEMAND, { kind: 'permission', action, resource, acrossTenants } satisfies Demand);
