/** How a person gets a password: the first admin by the set-up link, everybody else by the link they were given. */
import { Injectable } from '@nestjs/common';
import type { Member } from '@reeve/db';
import type { FastifyRequest } from 'fastify';
import { v7 as uuid } from 'uuid';
import { PLATFORM_TENANT_ID } from '../infra/config.js';
import { DomainError } from '../infra/errors.js';
import { SYSTEM } from '../ledger/actor.js';
import { Changes } from '../ledger/changes.js';
import { CredentialsRepository } from './credentials.repository.js';
import { OneTimeLinksRepository } from './one-time-links.repository.js';
import { hashPassword } from './passwords.js';
import { SessionsRepository } from './sessions.repository.js';
import { tokenHash } from './tokens.js';
import { SignInLimits } from './sign-in-limits.js';

const GONE = 'This link was used or is too old. Ask for a new one.';

@Injectable()
export class InvitationsService {
  constructor(
    private readonly links: OneTimeLinksRepository,
    private readonly credentials: CredentialsRepository,
    private readonly sessions: SessionsRepository,
    private readonly changes: Changes,
    private readonly limits: SignInLimits,
  ) {}

  /** Whether the first administrator is still to come. */
  async nobodyYet(): Promise<boolean> {
    return !(await this.credentials.anyMember());
  }

  /** The link's secret while nobody has been set up, else null. */
  async setupToken(): Promise<string | null> {
    return (await this.nobodyYet()) ? this.links.issueSetup() : null;
  }

  /** Ends every session the member had. Throws `gone` for a link that does not work. */
  async setPassword(request: FastifyRequest, token: string, password: string): Promise<void> {
    const [passwordHash, link] = await this.hashAndUse(request, token, password, 'password');
    if (link.memberId === null) throw new DomainError('gone', GONE);
    await this.credentials.setPassword(link.memberId, passwordHash);
    await this.sessions.closeOthers(link.memberId);
  }

  /** Makes the first platform admin, who can do everything else. Throws `gone` once there is one. */
  async setUp(
    request: FastifyRequest,
    input: { token: string; email: string; name: string; password: string },
  ): Promise<Member> {
    const [passwordHash] = await this.hashAndUse(request, input.token, input.password, 'setup');
    return this.changes.make(
      SYSTEM,
      PLATFORM_TENANT_ID,
      'member.set_up',
      'First administrator set up',
      async (tx, at) => {
        const { email, name } = input;
        const data = { id: uuid(), email: email.toLowerCase(), name, passwordHash, createdAt: at.now };
        const member = await this.credentials.createFirstAdmin(tx, data);
        if (member === null) throw new DomainError('gone', GONE);
        return {
          target: `member:${member.id}`,
          before: null,
          after: { platform_admin: true },
          personal: { type: 'member', id: member.id, data: { email: member.email, name } },
          result: member,
        };
      },
    );
  }

  /** Hashing is dear, so strangers may try as seldom as they may guess; a link is used up only once it is done. */
  private async hashAndUse(
    request: FastifyRequest,
    token: string,
    password: string,
    purpose: 'password' | 'setup',
  ) {
    let passwordHash = '';
    const link = await this.limits.attempt(request, `link:${tokenHash(token)}`, async () => {
      passwordHash = await hashPassword(password);
      return this.links.use(token, purpose);
    });
    if (link === null) throw new DomainError('gone', GONE);
    return [passwordHash, link] as const;
  }
}
