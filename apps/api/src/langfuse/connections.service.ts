/** Langfuse projects of a tenant: connected, looked at, paused, let go. */
import { Inject, Injectable } from '@nestjs/common';
import type { LangfuseConnection as ConnectionRow } from '@reeve/db';
import { isStorable } from '@reeve/policy';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import type { AdminActor } from '../auth/admin-actor.js';
import type { TenantScope } from '../auth/tenant-scope.js';
import { CONFIG, type Config } from '../infra/config.js';
import { DomainError } from '../infra/errors.js';
import { FewAtATime } from '../infra/few-at-a-time.js';
import { requireVersion } from '../infra/require-version.js';
import { valid } from '../infra/valid.js';
import { Changes, type LedgerTx } from '../ledger/changes.js';
import { Vault } from '../ledger/vault.js';
import { connectionOf } from './connection-state.js';
import { ConnectionsRepository } from './connections.repository.js';
import { readAddress, type LangfuseAddress } from './langfuse-address.js';
import { LangfuseApi } from './langfuse-api.js';
import type { LangfuseConnection, LangfuseTest } from './langfuse-connection.model.js';
import { LangfuseError } from './langfuse-error.js';
import { secretContext } from './secret-context.js';

export interface Credentials {
  readonly publicKey: string;
  readonly secretKey: string;
}

/** Which connection, and as it was when somebody decided about it. */
export interface ConnectionVersion {
  readonly id: string;
  readonly expectedVersion: number;
}

const CONNECTIONS_MAX = 10;
const BACKFILLS_SHOWN = 50;
/** A test is waited for by a person. */
const TEST_BOUNDS = { deadlineMs: 8_000, bytesMax: 1_048_576 };

/** What HTTP's Basic can carry: no colon in a user, nothing but visible ASCII. */
const Credentials = z.strictObject({
  publicKey: z.string().regex(/^[\x21-\x39\x3b-\x7e]{1,200}$/, 'a public key, like pk-lf-..., is expected'),
  secretKey: z.string().regex(/^[\x21-\x7e]{8,200}$/, 'a secret key, like sk-lf-..., is expected'),
});

@Injectable()
export class Connections {
  private readonly tests = new FewAtATime(
    { atATime: 1, max: 3 },
    () => new DomainError('rate_limited', 'Other tests of this tenant are under way; try again in a moment.'),
  );

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly connections: ConnectionsRepository,
    private readonly changes: Changes,
    private readonly vault: Vault,
  ) {}

  async list({ id }: TenantScope): Promise<LangfuseConnection[]> {
    const rows = await this.connections.list(id);
    const backfills = await this.connections.backfills(id, BACKFILLS_SHOWN);
    return rows.map((row) => connectionOf(row, backfills));
  }

  /** Keeps nothing. What is wrong is an answer, not an error. */
  test(tenant: TenantScope, baseUrl: string, credentials: Credentials): Promise<LangfuseTest> {
    const address = this.address(baseUrl);
    const keys = valid(Credentials, credentials);
    return this.tests.run(tenant.id, async () => {
      try {
        const api = new LangfuseApi(address, keys, TEST_BOUNDS);
        const generation = await api.generation();
        const project = await api.project();
        const name = project?.name ?? null;
        const message = name === null ? 'The key is good.' : `The key is good, for the project ${name}.`;
        return { trouble: null, message, generation, projectName: name };
      } catch (error) {
        if (!(error instanceof LangfuseError)) throw error;
        const { trouble, message } = error;
        return { trouble, message, generation: null, projectName: null };
      }
    });
  }

  connect(
    actor: AdminActor,
    tenant: TenantScope,
    address: string,
    credentials: Credentials,
    reason: string,
  ): Promise<LangfuseConnection> {
    const { baseUrl } = this.address(address);
    const { publicKey, secretKey } = valid(Credentials, credentials);
    const change = { tenantId: tenant.id, action: 'langfuse.connect', reason } as const;
    return this.changes.make(actor, change, async (tx, at) => {
      if ((await this.connections.count(tx, tenant.id)) >= CONNECTIONS_MAX)
        throw new DomainError('conflict', `At most ${CONNECTIONS_MAX} projects can be connected.`);
      const key = { tenantId: tenant.id, id: uuid() };
      const row = await this.connections.create(tx, {
        ...key,
        baseUrl,
        publicKey,
        ...this.sealed(key, secretKey),
        createdAt: at.now,
        nextPullAt: at.now,
      });
      return { ...named(row), before: null, after: said(row), result: connectionOf(row, []) };
    });
  }

  /** Of the same project or another one: what the server is, is found out anew. */
  replaceKey(
    actor: AdminActor,
    tenant: TenantScope,
    version: ConnectionVersion,
    credentials: Credentials,
    reason: string,
  ): Promise<LangfuseConnection> {
    const { publicKey, secretKey } = valid(Credentials, credentials);
    return this.change(actor, tenant, version, 'langfuse.replace_key', reason, (row) => ({
      publicKey,
      ...this.sealed(row, secretKey),
      generation: null,
      projectId: null,
      projectName: null,
      stopped: null,
      error: null,
    }));
  }

  pause(actor: AdminActor, tenant: TenantScope, version: ConnectionVersion, reason: string) {
    return this.change(actor, tenant, version, 'langfuse.pause', reason, () => ({ paused: true }));
  }

  /** Asks again also where the server had refused the key. */
  resume(actor: AdminActor, tenant: TenantScope, version: ConnectionVersion, reason: string) {
    return this.change(actor, tenant, version, 'langfuse.resume', reason, (_, now) => ({
      paused: false,
      stopped: null,
      error: null,
      nextPullAt: now,
    }));
  }

  /** What it brought stays. */
  disconnect(
    actor: AdminActor,
    tenant: TenantScope,
    { id, expectedVersion }: ConnectionVersion,
    reason: string,
  ): Promise<boolean> {
    const change = { tenantId: tenant.id, action: 'langfuse.disconnect', reason } as const;
    return this.changes.make(actor, change, async (tx) => {
      const row = await this.found(tx, tenant, id);
      requireVersion(row, expectedVersion);
      await this.connections.remove(tx, row);
      return { ...named(row), before: said(row), after: null, result: true };
    });
  }

  private change(
    actor: AdminActor,
    tenant: TenantScope,
    { id, expectedVersion }: ConnectionVersion,
    action: 'langfuse.replace_key' | 'langfuse.pause' | 'langfuse.resume',
    reason: string,
    data: (row: ConnectionRow, now: Date) => Parameters<ConnectionsRepository['update']>[2],
  ): Promise<LangfuseConnection> {
    return this.changes.make(actor, { tenantId: tenant.id, action, reason }, async (tx, at) => {
      const before = await this.found(tx, tenant, id);
      requireVersion(before, expectedVersion);
      const row = await this.connections.update(tx, before, data(before, at.now));
      return { ...named(row), before: said(before), after: said(row), result: connectionOf(row, []) };
    });
  }

  private async found(tx: LedgerTx, tenant: TenantScope, id: string): Promise<ConnectionRow> {
    const row = isUuid(id) ? await this.connections.find(tx, { tenantId: tenant.id, id }) : null;
    if (row !== null) return row;
    throw new DomainError('not_found', 'There is no such connection.', { path: 'id' });
  }

  private address(text: string): LangfuseAddress {
    try {
      if (!isStorable(text)) throw new LangfuseError('address_refused', 'an https:// address is expected');
      return readAddress(text, this.config.langfuseHosts);
    } catch (error) {
      if (!(error instanceof LangfuseError)) throw error;
      throw new DomainError('invalid', error.message, { cause: error, path: 'baseUrl' });
    }
  }

  private sealed(key: { readonly tenantId: string; readonly id: string }, secretKey: string) {
    const sealed = this.vault.seal(Buffer.from(secretKey), secretContext(key));
    return { secretKey: Uint8Array.from(sealed), hint: secretKey.slice(-4) };
  }
}

const isUuid = (text: string): boolean => z.uuid().safeParse(text).success;
const named = ({ id }: ConnectionRow) => ({ target: `langfuse:${id}` });

/** What a record says of it. */
const said = ({ baseUrl, publicKey, hint, paused }: ConnectionRow) => ({
  base_url: baseUrl,
  public_key: publicKey,
  hint,
  paused,
});
