/** Agents' keys at the door: whose a bearer is, and whether it may send that much. */
import { Injectable } from '@nestjs/common';
import { scopesOf, type ScopedCaller } from '../auth/agent-caller.js';
import { tokenHash } from '../auth/tokens.js';
import { DomainError } from '../infra/errors.js';
import { parseApiKey } from './api-key-format.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import { KeyRates } from './key-rates.service.js';
import { LastUsed } from './last-used.js';

const CALLERS_MAX = 10_000;

@Injectable()
export class AgentKeys {
  /**
   * Callers by their key's hash, with what never changes about a key. That it was not revoked since is checked where it
   * counts.
   */
  private readonly callers = new Map<string, ScopedCaller>();

  constructor(
    private readonly apiKeys: ApiKeysRepository,
    private readonly lastUsed: LastUsed,
    private readonly rates: KeyRates,
  ) {}

  /**
   * The agent behind a bearer. Cached: whether the key is still good at the moment of a decision is asked again inside
   * the decision's transaction. Throws `unauthenticated`, and `rate_limited` where its tenant has set what it may send.
   */
  authenticate(bearer: string): ScopedCaller | Promise<ScopedCaller> {
    const hash = tokenHash(bearer);
    const caller = this.callers.get(hash);
    return caller === undefined ? this.firstSeen(bearer, hash) : this.counted(caller);
  }

  private async firstSeen(bearer: string, hash: string): Promise<ScopedCaller> {
    const parsed = parseApiKey(bearer);
    if (parsed?.kind !== 'agent') throw new DomainError('unauthenticated', 'Send an agent’s API key.');
    const key = await this.apiKeys.live(parsed.tenantId, hash);
    if (this.callers.size >= CALLERS_MAX) this.callers.clear();
    const caller: ScopedCaller = {
      tenantId: key.tenantId,
      keyId: key.id,
      scopes: scopesOf(key.scopes),
      assistants: key.assistants,
    };
    this.callers.set(hash, caller);
    this.rates.set(key.id, key);
    return this.counted(caller);
  }

  private counted(caller: ScopedCaller): ScopedCaller {
    this.lastUsed.note(caller.tenantId, caller.keyId);
    this.rates.countRequest(caller.keyId);
    return caller;
  }
}
