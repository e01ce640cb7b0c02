/** Who is at the administration API: a signed-in member, or automation with a management key. */
import type { AdminRole } from '@reeve/policy';
import type { Actor } from '../ledger/actor.js';

export interface AdminActor extends Actor {
  readonly kind: 'member' | 'management_key';
  readonly platformAdmin: boolean;
  /** Admin roles by tenant id: where the actor belongs. */
  readonly roles: ReadonlyMap<string, readonly AdminRole[]>;
  /** People only: the session the request came with. */
  readonly session?: { readonly tokenHash: string; readonly email: string; readonly totpEnabled: boolean };
}
