/**
 * Tokens between the pages of a search: sealed, because the candidate behind which a page begins may be a person; good for
 * the very search and the very key that they were made for.
 */
import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { canonical } from '@reeve/audit';
import type { Search } from '@reeve/policy';
import type { AgentCaller } from '../auth/agent-caller.js';
import { DomainError } from '../infra/errors.js';
import { Vault } from '../ledger/vault.js';

export interface Place {
  /** The candidate behind which the page begins; '' before the first one. */
  readonly after: string;
  readonly limit: number | undefined;
}

interface Sealed extends Place {
  readonly search: string;
}

@Injectable()
export class PageTokens {
  constructor(private readonly vault: Vault) {}

  seal(caller: AgentCaller, search: Search, { after, limit }: Place): string {
    const sealed: Sealed = { after, limit, search: digestOf(search) };
    return this.vault.seal(Buffer.from(JSON.stringify(sealed)), contextOf(caller)).toString('base64url');
  }

  /** Where the page begins that the body asks for. Throws `bad_request` for a token of another search, or of none. */
  open(caller: AgentCaller, search: Search): Place {
    const { token, limit } = search.body.page ?? {};
    if (token === undefined || token === '') return { after: '', limit };
    const sealed = this.opened(caller, token);
    if (sealed.search !== digestOf(search)) throw wrong('/page/token', 'is of another search');
    if (limit !== undefined && limit !== sealed.limit)
      throw wrong('/page/limit', 'is another one than that of the page before');
    return sealed;
  }

  private opened(caller: AgentCaller, token: string): Sealed {
    try {
      const plain = this.vault.open(Buffer.from(token, 'base64url'), contextOf(caller));
      return JSON.parse(plain.toString()) as Sealed;
    } catch {
      throw wrong('/page/token', 'is no token of ours');
    }
  }
}

const contextOf = ({ tenantId, keyId }: AgentCaller): string => `access-search/${tenantId}/${keyId}`;

/** Everything that was asked but the page; what a search ignores may change. */
function digestOf({ kind, body }: Search): string {
  const { context = {}, subject, resource } = body;
  const withoutId = ({ type, properties = {} }: typeof subject) => ({ type, properties });
  const asked = {
    kind,
    context,
    subject: kind === 'subject' ? withoutId(subject) : subject,
    resource: kind === 'resource' ? withoutId(resource) : resource,
    action: kind === 'action' ? null : (body as { action: object }).action,
  };
  return createHash('sha256').update(canonical(asked)).digest('hex');
}

const wrong = (path: string, message: string) =>
  new DomainError('bad_request', `${path} ${message}`, { problems: [{ path, message }] });
