/** Making, limiting and revoking keys, whoever does it. */
import { Injectable } from '@nestjs/common';
import type { ApiKey } from '@reeve/db';
import type { AdminRole } from '@reeve/policy';
import { v7 as uuid } from 'uuid';
import type { KeyScope } from '../auth/agent-caller.js';
import { DomainError } from '../infra/errors.js';
import { requireVersion } from '../infra/require-version.js';
import type { Actor } from '../ledger/actor.js';
import { Changes, type LedgerTx } from '../ledger/changes.js';
import { newApiKey, type ApiKeyKind } from './api-key-format.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import type { KeyLimits } from './key-limits.js';
import { KeyRates } from './key-rates.service.js';

export interface NewApiKey {
  readonly name: string;
  readonly kind: ApiKeyKind;
  readonly assistants: readonly string[];
  /** agent: what it is for; management: none. */
  readonly scopes: readonly KeyScope[];
  readonly roles: readonly AdminRole[];
  /** management: always. */
  readonly expiresInDays: number | null;
}

/** Which key, and as it was when somebody decided about it. */
export interface KeyVersion {
  readonly id: string;
  readonly expectedVersion: number;
}

const DAY_MS = 24 * 3600_000;

@Injectable()
export class KeyWriter {
  constructor(
    private readonly apiKeys: ApiKeysRepository,
    private readonly changes: Changes,
    private readonly rates: KeyRates,
  ) {}

  /** The secret is in the answer and nowhere else. */
  create(
    actor: Actor,
    tenantId: string,
    input: NewApiKey,
    reason: string,
  ): Promise<{ apiKey: ApiKey; secret: string }> {
    const { name, kind, assistants, scopes, roles, expiresInDays } = input;
    return this.changes.make(actor, { tenantId, action: 'api_key.create', reason }, async (tx, at) => {
      const { secret, hash, hint } = newApiKey(kind, tenantId);
      const expiresAt = expiresInDays === null ? null : new Date(at.now.getTime() + expiresInDays * DAY_MS);
      const apiKey = await this.apiKeys.create(tx, {
        tenantId,
        id: uuid(),
        name,
        kind,
        secretHash: hash,
        hint,
        assistants: [...assistants],
        scopes: [...scopes],
        roles: [...roles],
        createdBy: actor.id,
        createdAt: at.now,
        expiresAt,
      });
      const after = {
        name,
        kind,
        assistants,
        scopes,
        roles,
        hint,
        expires_at: expiresAt?.toISOString() ?? null,
      };
      return { target: `api_key:${apiKey.id}`, before: null, after, result: { apiKey, secret } };
    });
  }

  /** Of an agent's key that is not revoked. This process counts by it from now on. */
  async limit(
    actor: Actor,
    tenantId: string,
    { id, expectedVersion }: KeyVersion,
    limits: KeyLimits,
    reason: string,
  ): Promise<ApiKey> {
    const limited = await this.changes.make(
      actor,
      { tenantId, action: 'api_key.limit', reason },
      async (tx) => {
        const key = await this.live(tx, tenantId, id, expectedVersion);
        if (key.kind !== 'agent')
          throw new DomainError('invalid', 'limits are for agents’ keys', { path: 'id' });
        const result = await this.apiKeys.limit(tx, tenantId, key.id, limits);
        return {
          target: `api_key:${key.id}`,
          before: { name: key.name, ...limitsOf(key) },
          after: { name: key.name, ...limitsOf(result) },
          result,
        };
      },
    );
    this.rates.set(limited.id, limited);
    return limited;
  }

  /** Takes its place in the tenant's order: nothing after it is answered to this key. */
  revoke(
    actor: Actor,
    tenantId: string,
    id: string,
    expectedVersion: number,
    reason: string,
  ): Promise<ApiKey> {
    return this.changes.make(actor, { tenantId, action: 'api_key.revoke', reason }, async (tx, at) => {
      const key = await this.live(tx, tenantId, id, expectedVersion);
      const revoked = await this.apiKeys.revoke(tx, tenantId, key.id, at.now);
      return {
        target: `api_key:${key.id}`,
        before: { name: key.name, revoked: false },
        after: { name: key.name, revoked: true },
        result: revoked,
      };
    });
  }

  private async live(tx: LedgerTx, tenantId: string, id: string, expectedVersion: number): Promise<ApiKey> {
    const key = await this.apiKeys.find(tx, tenantId, id);
    if (key === null) throw new DomainError('not_found', 'There is no such API key.', { path: 'id' });
    requireVersion(key, expectedVersion);
    if (key.revokedAt !== null) throw new DomainError('conflict', 'This API key is revoked already.');
    return key;
  }
}

const limitsOf = ({ requestsPerSecond, questionsPerSecond }: KeyLimits) => ({
  requests_per_second: requestsPerSecond,
  questions_per_second: questionsPerSecond,
});
