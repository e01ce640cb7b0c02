/**
 * The standing of a key now. An agent's is good until it is revoked. A management key has an end, and never more than
 * its maker has: it is asked again with every request who that is today.
 */
import type { AdminRole } from '@reeve/policy';
import { stillGiven } from '../auth/grantable-roles.js';
import { ApiKeyState } from './api-key.model.js';
import type { KeyWithMaker } from './api-keys.repository.js';

export interface KeyStanding {
  readonly state: ApiKeyState;
  readonly effectiveRoles: AdminRole[];
}

export function standingOf({ key, maker }: KeyWithMaker, now: Date): KeyStanding {
  const roles = [...stillGiven(key.roles, key.createdBy, maker)];
  const state = stateOf(key, roles, now);
  return { state, effectiveRoles: state === ApiKeyState.active ? roles : [] };
}

function stateOf(key: KeyWithMaker['key'], roles: readonly AdminRole[], now: Date): ApiKeyState {
  if (key.revokedAt !== null) return ApiKeyState.revoked;
  if (key.expiresAt !== null && key.expiresAt <= now) return ApiKeyState.expired;
  return key.kind === 'management' && roles.length === 0 ? ApiKeyState.maker_gone : ApiKeyState.active;
}
