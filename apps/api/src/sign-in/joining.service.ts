/**
 * What the holder of a member's link may do: sign in for that place with a new account, or with one they have and can
 * prove. A link knows nothing of other accounts, so it can neither tell of them nor change them.
 */
import { Injectable } from '@nestjs/common';
import type { Account } from '@reeve/db';
import { abilityFor, type AdminRole } from '@reeve/policy';
import type { FastifyRequest } from 'fastify';
import { v7 as uuid } from 'uuid';
import { PLATFORM_TENANT_ID } from '../infra/config.js';
import { nameTenants } from '../infra/database.js';
import { DomainError } from '../infra/errors.js';
import { SYSTEM } from '../ledger/actor.js';
import { Changes, type LedgerTx, type Place } from '../ledger/changes.js';
import { AccountsRepository } from './accounts.repository.js';
import type { LinkView } from './sign-in.schemas.js';
import { stillGiven } from '../auth/grantable-roles.js';
import { OneTimeLinksRepository, type MemberLink } from './one-time-links.repository.js';
import { Passwords } from './passwords.js';
import { PlacesRepository } from './places.repository.js';
import { SignInLimits } from './sign-in-limits.js';
import { SignInService } from './sign-in.service.js';

/** The same for a new account and for one that was there: the record is the tenant's. */
const REASON = 'The link was used';
const GONE = 'This link was used, replaced or is too old. Ask for a new one.';

@Injectable()
export class JoiningService {
  constructor(
    private readonly links: OneTimeLinksRepository,
    private readonly accounts: AccountsRepository,
    private readonly places: PlacesRepository,
    private readonly passwords: Passwords,
    private readonly signIns: SignInService,
    private readonly changes: Changes,
    private readonly limits: SignInLimits,
  ) {}

  /** Throws `gone` for a link that does not work. */
  async look(request: FastifyRequest, token: string): Promise<LinkView> {
    await this.limits.admit(request);
    const { link, tenant, member, maker } = await this.require(token);
    return {
      email: member.email,
      tenant: { slug: tenant.slug, name: tenant.name },
      madeBy: maker?.name ?? SYSTEM.name,
      expiresAt: link.expiresAt.toISOString(),
      replaces: member.accountId !== null,
    };
  }

  /** A new account, which is in this tenant and nowhere else. */
  async joinAsNew(request: FastifyRequest, token: string, password: string): Promise<Account> {
    await this.limits.admit(request);
    const { member } = await this.require(token);
    const { email, name } = member;
    const passwordHash = await this.passwords.hash(email, password);
    return this.join(token, (tx, at) =>
      this.accounts.create(tx, { id: uuid(), email, name, passwordHash, createdAt: at.now }),
    );
  }

  /**
   * An account of the link's address that its holder proves with password and second factor, and gives a new password:
   * whoever knew the old one, say because they made the account, does not come along.
   */
  async joinAsExisting(
    request: FastifyRequest,
    token: string,
    given: { password: string; newPassword: string; code?: string | undefined },
  ): Promise<Account | 'second_factor'> {
    const { member } = await this.require(token);
    const account = await this.signIns.prove(request, member.email, given.password, given.code);
    if (account === 'second_factor') return account;
    const passwordHash = await this.passwords.hash(member.email, given.newPassword);
    return this.join(token, async (tx, _at, tenantId) => {
      const current = await this.accounts.lock(tx, account.id);
      if (current?.passwordHash !== account.passwordHash)
        throw new DomainError('conflict', 'The account changed meanwhile. Try again.');
      await this.accounts.endAccess(tx, account.id);
      await nameTenants(tx, [tenantId, PLATFORM_TENANT_ID]);
      await this.accounts.update(tx, account.id, { passwordHash });
      return { ...current, passwordHash };
    });
  }

  private async join(
    token: string,
    accountFor: (tx: LedgerTx, at: Place, tenantId: string) => Promise<Account>,
  ): Promise<Account> {
    const { member: seen } = await this.require(token);
    const actor = { kind: 'member', id: seen.id, name: seen.name } as const;
    return this.changes.make(
      actor,
      { tenantId: seen.tenantId, action: 'member.join', reason: REASON },
      async (tx, at) => {
        await nameTenants(tx, [seen.tenantId, PLATFORM_TENANT_ID]);
        const { member } = usable(await this.links.findIn(tx, token, at.now));
        await this.links.end(tx, member.tenantId, member.id);
        const account = await accountFor(tx, at, member.tenantId);
        await this.places.update(tx, member, { accountId: account.id });
        if (member.accountId !== null && member.accountId !== account.id)
          await this.accounts.release(tx, member.accountId);
        return {
          target: `member:${member.id}`,
          before: { signs_in: member.accountId !== null },
          after: { signs_in: true, sign_in_replaced: member.accountId !== null },
          result: account,
        };
      },
    );
  }

  private async require(token: string): Promise<MemberLink> {
    return usable(await this.links.find(token));
  }
}

/** A link is worth what its maker may still give. */
function usable(found: MemberLink | null): MemberLink {
  if (found === null || found.member.removedAt !== null || found.member.disabledAt !== null)
    throw new DomainError('gone', GONE);
  const { link, member, maker } = found;
  const roles = stillGiven(member.roles, link.madeBy, maker);
  const makerRoles = link.madeBy === SYSTEM.id ? (['owner'] as const) : ((maker?.roles ?? []) as AdminRole[]);
  const mayInvite = abilityFor({ platformAdmin: false, roles: makerRoles }).can('create', 'Member');
  if (!mayInvite || roles.length < member.roles.length) throw new DomainError('gone', GONE);
  return found;
}
