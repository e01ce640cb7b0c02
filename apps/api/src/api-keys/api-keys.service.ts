/** Credentials of programs. Shown once, kept as a hash, revocable at once. */
import { Injectable } from '@nestjs/common';
import type { ApiKey } from '@reeve/db';
import type { AdminRole } from '@reeve/policy';
import { z } from 'zod';
import { ActorNames } from '../auth/actor-names.service.js';
import type { AdminActor } from '../auth/admin-actor.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { requireGrantable } from '../auth/grantable-roles.js';
import type { AgentCaller } from '../auth/agent-caller.js';
import { tokenHash } from '../auth/tokens.js';
import { DomainError } from '../infra/errors.js';
import { valid } from '../infra/valid.js';
import { parseApiKey } from './api-key-format.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import { KeyWriter, type NewApiKey } from './key-writer.service.js';
import { LastUsed } from './last-used.js';

const Name = z.string().trim().min(1, 'give a name').max(120);
const UNKNOWN = 'This API key is unknown or revoked.';
const CALLERS_MAX = 10_000;

@Injectable()
export class ApiKeysService {
  /** What never changes about a key, by its hash. That it was not revoked since is checked where it counts. */
  private readonly callers = new Map<string, AgentCaller>();

  constructor(
    private readonly apiKeys: ApiKeysRepository,
    private readonly writer: KeyWriter,
    private readonly lastUsed: LastUsed,
    private readonly names: ActorNames,
  ) {}

  /**
   * The agent behind a bearer. Cached: whether the key is still good at the moment of a decision is asked again inside
   * the decision's transaction. Throws `unauthenticated`.
   */
  authenticate(bearer: string): AgentCaller | Promise<AgentCaller> {
    const hash = tokenHash(bearer);
    const caller = this.callers.get(hash);
    if (caller === undefined) return this.firstSeen(bearer, hash);
    this.lastUsed.note(caller.tenantId, caller.keyId);
    return caller;
  }

  private async firstSeen(bearer: string, hash: string): Promise<AgentCaller> {
    const parsed = parseApiKey(bearer);
    if (parsed?.kind !== 'agent') throw new DomainError('unauthenticated', 'Send an agent’s API key.');
    const { id: keyId, tenantId, assistants } = await this.live(parsed.tenantId, hash);
    if (this.callers.size >= CALLERS_MAX) this.callers.clear();
    const caller: AgentCaller = { tenantId, keyId, assistants };
    this.callers.set(hash, caller);
    this.lastUsed.note(tenantId, keyId);
    return caller;
  }

  /** The automation behind a bearer; its row is read each time. Throws `unauthenticated`. */
  async authenticateManagement(bearer: string): Promise<AdminActor> {
    const parsed = parseApiKey(bearer);
    if (parsed?.kind !== 'management') throw new DomainError('unauthenticated', 'Send a management key.');
    const key = await this.live(parsed.tenantId, parsed.hash);
    this.lastUsed.note(key.tenantId, key.id);
    return automation(key);
  }

  /** The same automation as it is now; null once its key is revoked. */
  async refresh(actor: AdminActor): Promise<AdminActor | null> {
    const [tenantId] = actor.roles.keys();
    const key = tenantId === undefined ? null : await this.apiKeys.byId(tenantId, actor.id);
    return key === null || key.revokedAt !== null ? null : automation(key);
  }

  async list(tenant: TenantScope): Promise<ApiKey[]> {
    const keys = await this.apiKeys.list(tenant.id);
    const nameOf = await this.names.of(
      [tenant.id],
      keys.map((key) => key.createdBy),
    );
    return keys.map((key) => ({ ...key, createdBy: nameOf(key.createdBy) }));
  }

  async create(
    actor: AdminActor,
    tenant: TenantScope,
    input: NewApiKey,
    reason: string,
  ): Promise<{ apiKey: ApiKey; secret: string }> {
    const checked = forKind({ ...input, name: valid(Name, input.name, 'name') });
    requireGrantable(actor, tenant, checked.roles);
    const { apiKey, secret } = await this.writer.create(actor, tenant.id, checked, reason);
    return { apiKey: { ...apiKey, createdBy: actor.name }, secret };
  }

  async revoke(
    actor: AdminActor,
    tenant: TenantScope,
    id: string,
    expectedVersion: number,
    reason: string,
  ): Promise<ApiKey> {
    const revoked = await this.writer.revoke(
      actor,
      tenant.id,
      valid(z.uuid(), id, 'id'),
      expectedVersion,
      reason,
    );
    const nameOf = await this.names.of([tenant.id], [revoked.createdBy]);
    return { ...revoked, createdBy: nameOf(revoked.createdBy) };
  }

  private async live(tenantId: string, hash: string): Promise<ApiKey> {
    const key = await this.apiKeys.byHash(tenantId, hash);
    if (key === null || key.revokedAt !== null) throw new DomainError('unauthenticated', UNKNOWN);
    return key;
  }
}

const automation = ({ id, name, tenantId, roles }: ApiKey): AdminActor => ({
  kind: 'management_key',
  id,
  name,
  platformAdmin: false,
  roles: new Map([[tenantId, roles as AdminRole[]]]),
});

/** Agents speak for assistants, automation has roles; neither has the other's. */
function forKind(input: NewApiKey): NewApiKey {
  if (input.kind === 'agent' && input.roles.length > 0)
    throw new DomainError('invalid', 'an agent’s key has no admin roles', { path: 'roles' });
  if (input.kind === 'management' && input.assistants.length > 0)
    throw new DomainError('invalid', 'a management key speaks for no assistant', { path: 'assistants' });
  if (input.kind === 'management' && input.roles.length === 0)
    throw new DomainError('invalid', 'give the key at least one role', { path: 'roles' });
  return { ...input, assistants: [...new Set(input.assistants)], roles: [...new Set(input.roles)] };
}
