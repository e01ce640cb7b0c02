/** A membership as people see it. */
import type { Membership } from '@reeve/db';
import type { AdminRole } from '@reeve/policy';
import { MemberState, type Member, type PlatformAdministrator } from './member.model.js';

const stateOf = ({ accountId, disabledAt }: Membership): MemberState => {
  if (disabledAt !== null) return MemberState.disabled;
  return accountId === null ? MemberState.invited : MemberState.active;
};

export const shownAdministrator = (row: Membership): PlatformAdministrator => ({
  id: row.id,
  email: row.email,
  name: row.name,
  state: stateOf(row),
  version: row.version,
  createdAt: row.createdAt,
});

/** `personal`: the address too. */
export const shownMember = (row: Membership, personal = true): Member => ({
  id: row.id,
  email: personal ? row.email : null,
  name: row.name,
  roles: row.roles as AdminRole[],
  state: stateOf(row),
  version: row.version,
  createdAt: row.createdAt,
});
