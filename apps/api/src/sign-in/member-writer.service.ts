/**
 * Adding, changing and removing members of a tenant or of the platform. It looks at nothing but that tenant's own rows:
 * what it answers can't depend on who else knows the person. People are named in evidence only; a record knows them by
 * their id.
 */
import { Inject, Injectable } from '@nestjs/common';
import type { Membership, Prisma } from '@reeve/db';
import type { AdminRole } from '@reeve/policy';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import { AccountsRepository } from './accounts.repository.js';
import { Email, PersonName } from './sign-in.schemas.js';
import { mayAct } from '../auth/grantable-roles.js';
import { OneTimeLinksRepository } from './one-time-links.repository.js';
import { Passwords } from './passwords.js';
import { PlacesRepository } from './places.repository.js';
import { CONFIG, PLATFORM_TENANT_ID, type Config } from '../infra/config.js';
import { DomainError } from '../infra/errors.js';
import { publicUrl } from '../infra/public-url.js';
import { requireVersion } from '../infra/require-version.js';
import { valid } from '../infra/valid.js';
import { SYSTEM, type Actor } from '../ledger/actor.js';
import { Changes, type Changed, type LedgerTx, type Place } from '../ledger/changes.js';

/** Which member, as they were seen. */
export interface Seen {
  readonly tenantId: string;
  readonly memberId: string;
  readonly expectedVersion: number;
}

/** Throws what forbids this to this member. */
export type Check = (member: Membership) => void;

export interface Linked {
  readonly member: Membership;
  readonly link: LinkToMember;
}

export interface LinkToMember {
  readonly url: string;
  readonly expiresAt: Date;
}

/** Somebody who comes with a password: a demo's. */
export interface SeedPerson {
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

@Injectable()
export class MemberWriter {
  constructor(
    private readonly places: PlacesRepository,
    private readonly accounts: AccountsRepository,
    private readonly links: OneTimeLinksRepository,
    private readonly passwords: Passwords,
    private readonly changes: Changes,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  add(
    actor: Actor,
    tenantId: string,
    input: { email: string; name: string; roles: readonly AdminRole[] },
    reason: string,
  ): Promise<Linked> {
    const email = valid(Email, input.email.trim(), 'email').toLowerCase();
    const name = valid(PersonName, input.name, 'name');
    const roles = [...input.roles];
    return this.changes.make(actor, { tenantId, action: 'member.add', reason }, async (tx, at) => {
      if ((await this.places.byEmail(tx, tenantId, email)) !== null)
        throw new DomainError('conflict', 'This person is a member already.', { path: 'email' });
      const id = uuid();
      const member = await this.places.create(tx, { tenantId, id, email, name, roles, createdAt: at.now });
      return added(member, { member, link: await this.linkTo(tx, at, actor, member) });
    });
  }

  /** Without a link, by the system itself. The same address with the same password is the same person. */
  async seed(
    tenantId: string,
    person: SeedPerson,
    roles: readonly AdminRole[],
    reason: string,
  ): Promise<void> {
    const { email, name, password } = person;
    const alike = await this.accounts.byEmail(email);
    const [known] = await this.passwords.matching(email, alike, password, 'known');
    const passwordHash = known?.passwordHash ?? (await this.passwords.hash(email, password));
    await this.changes.make(SYSTEM, { tenantId, action: 'member.add', reason }, async (tx, at) => {
      const data = { id: uuid(), email, name, passwordHash, createdAt: at.now };
      const { id: accountId } = known ?? (await this.accounts.create(tx, data));
      const place = { tenantId, id: uuid(), email, name, roles: [...roles], accountId, createdAt: at.now };
      await this.places.create(tx, place);
      return added(place, undefined);
    });
  }

  /** Whoever uses it signs in for this member from then on. */
  newLink(actor: Actor, seen: Seen, reason: string, check: Check): Promise<Linked> {
    return this.changes.make(
      actor,
      { tenantId: seen.tenantId, action: 'member.new_link', reason },
      async (tx, at) => {
        const found = await this.require(tx, seen, check);
        if (found.disabledAt !== null)
          throw new DomainError('conflict', 'This member is disabled. Enable them first.');
        const member = await this.places.update(tx, found, {});
        return {
          target: `member:${member.id}`,
          before: null,
          after: { signs_in: member.accountId !== null },
          result: { member, link: await this.linkTo(tx, at, actor, member) },
        };
      },
    );
  }

  setRoles(
    actor: Actor,
    seen: Seen,
    roles: readonly AdminRole[],
    reason: string,
    check: Check,
  ): Promise<Membership> {
    return this.changes.make(
      actor,
      { tenantId: seen.tenantId, action: 'member.set_roles', reason },
      async (tx) => {
        const member = await this.require(tx, seen, check);
        if (!roles.includes('owner')) await this.requireAnotherOwner(tx, member);
        return {
          target: `member:${member.id}`,
          before: { roles: member.roles },
          after: { roles: [...roles] },
          result: await this.places.update(tx, member, { roles: [...roles] }),
        };
      },
    );
  }

  /** A disabled member keeps their place and may do nothing. */
  setDisabled(
    actor: Actor,
    seen: Seen,
    disabled: boolean,
    reason: string,
    check: Check,
  ): Promise<Membership> {
    const action = disabled ? 'member.disable' : 'member.enable';
    return this.changes.make(actor, { tenantId: seen.tenantId, action, reason }, async (tx, at) => {
      const member = await this.require(tx, seen, check);
      if (disabled) await this.requireAnotherOwner(tx, member);
      return {
        target: `member:${member.id}`,
        before: { disabled: member.disabledAt !== null },
        after: { disabled },
        result: await this.endLinks(tx, member, { disabledAt: disabled ? at.now : null }),
      };
    });
  }

  /** Takes the place away at once; an account that is nowhere else goes with it, and nobody learns whether it did. */
  remove(actor: Actor, seen: Seen, reason: string, check: Check): Promise<boolean> {
    return this.changes.make(
      actor,
      { tenantId: seen.tenantId, action: 'member.remove', reason },
      async (tx, at) => {
        const member = await this.require(tx, seen, check);
        await this.requireAnotherOwner(tx, member);
        await this.endLinks(tx, member, { removedAt: at.now, accountId: null });
        if (member.accountId !== null) {
          if (seen.tenantId === PLATFORM_TENANT_ID) await this.accounts.endAccess(tx, member.accountId);
          await this.accounts.release(tx, member.accountId);
        }
        return {
          target: `member:${member.id}`,
          before: { roles: member.roles },
          after: null,
          result: true,
        };
      },
    );
  }

  private async require(tx: LedgerTx, seen: Seen, check: Check): Promise<Membership> {
    const id = valid(z.uuid(), seen.memberId, 'memberId');
    const member = await this.places.find(tx, seen.tenantId, id);
    if (member === null) throw new DomainError('not_found', 'There is no such member.', { path: 'memberId' });
    requireVersion(member, seen.expectedVersion);
    check(member);
    return member;
  }

  private async requireAnotherOwner(tx: LedgerTx, member: Membership): Promise<void> {
    if (!member.roles.includes('owner') || !mayAct(member)) return;
    if ((await this.places.otherOwners(tx, member)) > 0) return;
    throw new DomainError(
      'conflict',
      member.tenantId === PLATFORM_TENANT_ID
        ? 'This is the last platform administrator. Add somebody else, and let them sign in, first.'
        : 'This is the last owner who can sign in. Make somebody else an owner first.',
    );
  }

  private async endLinks(
    tx: LedgerTx,
    member: Membership,
    data: Prisma.MembershipUncheckedUpdateInput,
  ): Promise<Membership> {
    await this.links.end(tx, member.tenantId, member.id);
    return this.places.update(tx, member, data);
  }

  private async linkTo(tx: LedgerTx, at: Place, actor: Actor, member: Membership): Promise<LinkToMember> {
    const { tenantId, id } = member;
    const { token, expiresAt } = await this.links.replace(tx, tenantId, id, actor.id, at.now);
    // Behind the #, so that it reaches no log on the way.
    return { url: `${publicUrl(this.config)}/join#token=${token}`, expiresAt };
  }
}

const added = <T>(
  { id, email, name, roles }: Pick<Membership, 'id' | 'email' | 'name' | 'roles'>,
  result: T,
): Changed<T> => ({
  target: `member:${id}`,
  before: null,
  after: { roles },
  personal: { type: 'member', id, data: { email, name } },
  result,
});
