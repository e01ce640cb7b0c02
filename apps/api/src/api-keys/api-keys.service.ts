/** Credentials of programs. Shown once, kept as a hash, revocable at once. */
import { Injectable } from '@nestjs/common';
import type { ApiKey } from '@reeve/db';
import { DisplayName } from '@reeve/policy';
import { z } from 'zod';
import { ActorNames } from '../auth/actor-names.service.js';
import type { AdminActor } from '../auth/admin-actor.js';
import { scopesOf, type KeyScope } from '../auth/agent-caller.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { requireGrantable } from '../auth/grantable-roles.js';
import type { ManagementKeys } from '../auth/credentials.js';
import { DomainError } from '../infra/errors.js';
import { valid } from '../infra/valid.js';
import { parseApiKey } from './api-key-format.js';
import { ApiKeyState } from './api-key.model.js';
import { ApiKeysRepository, unknownKey, type KeyWithMaker } from './api-keys.repository.js';
import { KeyAssistants } from './key-assistants.service.js';
import { standingOf, type KeyStanding } from './key-standing.js';
import type { KeyLimits } from './key-limits.js';
import { KeyWriter, type KeyVersion, type NewApiKey } from './key-writer.service.js';
import { LastUsed } from './last-used.js';

const Limit = z.int().min(1).max(100_000).nullable();
/** The longest a management key may live. */
const DAYS_MAX = 365;

export type ShownKey = Omit<ApiKey, 'scopes'> & { readonly scopes: KeyScope[] } & KeyStanding;

@Injectable()
export class ApiKeysService implements ManagementKeys {
  constructor(
    private readonly apiKeys: ApiKeysRepository,
    private readonly writer: KeyWriter,
    private readonly lastUsed: LastUsed,
    private readonly names: ActorNames,
    private readonly assistants: KeyAssistants,
  ) {}

  /** The automation behind a bearer; its row and its maker's are read each time. Throws `unauthenticated`. */
  async authenticateManagement(bearer: string): Promise<AdminActor> {
    const parsed = parseApiKey(bearer);
    if (parsed?.kind !== 'management') throw new DomainError('unauthenticated', 'Send a management key.');
    const key = await this.apiKeys.live(parsed.tenantId, parsed.hash);
    const [found] = await this.apiKeys.withMakers(parsed.tenantId, [key]);
    const actor = automation(found!);
    if (actor === null) throw unknownKey();
    this.lastUsed.note(key.tenantId, key.id);
    return actor;
  }

  /** The same automation as it is now; null once its key is worth nothing. */
  async refresh(actor: AdminActor): Promise<AdminActor | null> {
    const [tenantId] = actor.roles.keys();
    const found = tenantId === undefined ? null : await this.apiKeys.byId(tenantId, actor.id);
    return found === null ? null : automation(found);
  }

  async list(tenant: TenantScope): Promise<ShownKey[]> {
    return this.shown(tenant, await this.apiKeys.list(tenant.id));
  }

  async create(
    actor: AdminActor,
    tenant: TenantScope,
    input: NewApiKey,
    reason: string,
  ): Promise<{ apiKey: ShownKey; secret: string }> {
    const checked = forKind({ ...input, name: valid(DisplayName, input.name, 'name') });
    requireGrantable(actor, tenant, checked.roles);
    await this.assistants.requireKnown(tenant, checked.assistants);
    const { apiKey, secret } = await this.writer.create(actor, tenant.id, checked, reason);
    const [shown] = await this.shown(tenant, [apiKey]);
    return { apiKey: shown!, secret };
  }

  async revoke(
    actor: AdminActor,
    tenant: TenantScope,
    id: string,
    expectedVersion: number,
    reason: string,
  ): Promise<ShownKey> {
    const revoked = await this.writer.revoke(
      actor,
      tenant.id,
      valid(z.uuid(), id, 'id'),
      expectedVersion,
      reason,
    );
    const [shown] = await this.shown(tenant, [revoked]);
    return shown!;
  }

  /** What an agent's key may ask a second, of each process. */
  async limit(
    actor: AdminActor,
    tenant: TenantScope,
    { id, expectedVersion }: KeyVersion,
    limits: KeyLimits,
    reason: string,
  ): Promise<ShownKey> {
    const key = { id: valid(z.uuid(), id, 'id'), expectedVersion };
    const checked = {
      requestsPerSecond: valid(Limit, limits.requestsPerSecond, 'requestsPerSecond'),
      questionsPerSecond: valid(Limit, limits.questionsPerSecond, 'questionsPerSecond'),
    };
    const limited = await this.writer.limit(actor, tenant.id, key, checked, reason);
    const [shown] = await this.shown(tenant, [limited]);
    return shown!;
  }

  private async shown(tenant: TenantScope, keys: readonly ApiKey[]): Promise<ShownKey[]> {
    const found = await this.apiKeys.withMakers(tenant.id, keys);
    const nameOf = await this.names.of(
      [tenant.id],
      keys.map(({ createdBy }) => createdBy),
    );
    const now = new Date();
    return found.map((each) => ({
      ...each.key,
      scopes: scopesOf(each.key.scopes),
      ...standingOf(each, now),
      createdBy: nameOf(each.key.createdBy),
    }));
  }
}

function automation(found: KeyWithMaker): AdminActor | null {
  const { id, name, tenantId } = found.key;
  const { state, effectiveRoles } = standingOf(found, new Date());
  if (state !== ApiKeyState.active) return null;
  const roles = new Map([[tenantId, effectiveRoles]]);
  return { kind: 'management_key', id, name, platformAdmin: false, roles };
}

/** Agents speak for assistants, automation has roles and an end; neither has the other's. */
function forKind(input: NewApiKey): NewApiKey {
  const refuse = (path: string, message: string) => new DomainError('invalid', message, { path });
  const { kind, roles, scopes, assistants, expiresInDays } = input;
  if (kind === 'agent') {
    if (roles.length > 0) throw refuse('roles', 'an agent’s key has no admin roles');
    if (scopes.length === 0) throw refuse('scopes', 'say what the key is for');
    if (expiresInDays !== null) throw refuse('expiresInDays', 'an agent’s key has no end; revoke it');
  } else {
    if (assistants.length > 0) throw refuse('assistants', 'a management key speaks for no assistant');
    if (scopes.length > 0) throw refuse('scopes', 'a management key has roles instead');
    if (roles.length === 0) throw refuse('roles', 'give the key at least one role');
    if (expiresInDays === null) throw refuse('expiresInDays', 'say in how many days the key ends');
    if (!Number.isInteger(expiresInDays) || expiresInDays < 1 || expiresInDays > DAYS_MAX)
      throw refuse('expiresInDays', `from 1 to ${DAYS_MAX} days`);
  }
  return {
    ...input,
    assistants: [...new Set(assistants)],
    scopes: [...new Set(scopes)],
    roles: [...new Set(roles)],
  };
}
