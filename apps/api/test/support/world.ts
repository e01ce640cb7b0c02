/**
 * A tenant with a policy, a subject and keys on a database of its own, and as many real API processes over it as a
 * guarantee needs. What is set up goes through the writing door, as everything does.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PolicyDocument, type AdminRole } from '@reeve/policy';
import pg from 'pg';
import { startApi, untilHealthy } from '../../../../scripts/lib/api-process.mjs';
import { freePort } from '../../../../scripts/testing/throw-away.mjs';
import { newApiKey } from '../../src/api-keys/api-key-format.js';
import type { KeyScope } from '../../src/auth/agent-caller.js';
import { PLATFORM_TENANT_ID, readConfig, type Config } from '../../src/infra/config.js';
import { nameTenants } from '../../src/infra/database.js';
import { SYSTEM } from '../../src/ledger/actor.js';
import { AnsweredHeads } from '../../src/ledger/answered-heads.js';
import { Changes } from '../../src/ledger/changes.js';
import { makeKeys } from '../../src/ledger/key-files.js';
import { Keyring } from '../../src/ledger/keyring.js';
import { SubjectKeys } from '../../src/ledger/subject-keys.js';
import { Vault } from '../../src/ledger/vault.js';
import { cloneDatabase, type TestDatabase } from './database.js';

/** One allowed read tool, one dangerous one, one guardrail; `search` for everybody who is `customer`. */
export const POLICY: PolicyDocument = PolicyDocument.parse({
  tools: {
    search: {
      class: 'read',
      justification: 'Reads a public index.',
      schema: {
        type: 'object',
        properties: { q: { type: 'string', maxLength: 200 } },
        required: ['q'],
        additionalProperties: false,
      },
    },
    refund: {
      class: 'dangerous',
      justification: 'Moves money to a customer.',
      schema: {
        type: 'object',
        properties: { order: { type: 'string' }, amount: { type: 'number', minimum: 0 } },
        required: ['order', 'amount'],
        additionalProperties: false,
      },
    },
  },
  roles: { customer: {}, clerk: { inherits: ['customer'] } },
  cells: [
    { role: 'customer', tool: 'search', effect: 'allow' },
    { role: 'clerk', tool: 'refund', effect: 'allow', when: 'context.channel == "interactive"' },
  ],
  guardrails: {
    small_refunds: {
      kind: 'pre_tool',
      title: 'Refunds are small',
      tools: ['refund'],
      checks: [{ name: 'amount_le_100', must: 'args.amount <= 100', message: 'A refund is at most 100.' }],
    },
  },
  quotas: {},
  assistants: { desk: { tools: ['search', 'refund'] }, helper: { tools: ['search'] } },
});

export interface Api {
  readonly url: string;
  readonly pid: number;
  /** What it has printed. */
  output(): string;
  stop(): Promise<void>;
}

export interface World {
  readonly config: Config;
  readonly tenantId: string;
  readonly slug: string;
  readonly changes: Changes;
  readonly keyring: Keyring;
  readonly subjectKeys: SubjectKeys;
  /** Rows as the owner sees them, with the tenant named. */
  rows<R extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<R[]>;
  publish(document: PolicyDocument): Promise<number>;
  bind(id: string, roles: string[], grants?: Record<string, 'allow' | 'deny'>): Promise<void>;
  /** For decisions, unless told otherwise. */
  agentKey(assistants?: string[], scopes?: KeyScope[]): Promise<{ id: string; secret: string }>;
  managementKey(roles: AdminRole[]): Promise<string>;
  /** Another tenant of the same database, with an agent's key. Nothing is published there, so what it asks is denied. */
  neighbour(): Promise<{ tenantId: string; keyId: string; secret: string }>;
  /** Starts one more API process over the same database. */
  api(environment?: Record<string, string>): Promise<Api>;
  close(): Promise<void>;
}

export async function createWorld(document: PolicyDocument = POLICY, given?: TestDatabase): Promise<World> {
  const database = given ?? (await cloneDatabase());
  const dataDir = mkdtempSync(join(tmpdir(), 'reeve-world-'));
  const config = readConfig({
    DATABASE_URL: database.url,
    REEVE_DATA_DIR: dataDir,
    REEVE_DEMO: '0',
    REEVE_WORKER: '0',
  });
  makeKeys(config);
  const keyring = new Keyring(config);
  const subjectKeys = new SubjectKeys(new Vault(config));
  const changes = new Changes(config, keyring, subjectKeys, new AnsweredHeads());
  const owner = new pg.Client(database.url);
  // A test may take the database away under us.
  owner.on('error', () => undefined);
  await owner.connect();
  const apis: Api[] = [];
  const tenantId = randomUUID();
  const slug = `t-${tenantId.slice(0, 8)}`;
  const done = { before: null, after: null };

  await changes.make(
    SYSTEM,
    { tenantId: PLATFORM_TENANT_ID, action: 'tenant.create', reason: 'set up for a test' },
    async (tx) => {
      await nameTenants(tx, [PLATFORM_TENANT_ID, tenantId]);
      await tx.tenant.create({ data: { id: tenantId, slug, name: slug } });
      await tx.ledgerHead.create({ data: { tenantId, hash: '0'.repeat(64), at: new Date(0) } });
      return { target: tenantId, ...done, result: undefined };
    },
  );
  await owner.query(`SELECT set_config('app.tenant_ids', $1, false)`, [tenantId]);

  async function key(
    kind: 'agent' | 'management',
    assistants: string[],
    roles: string[],
    scopes: KeyScope[] = ['decisions'],
  ) {
    const id = randomUUID();
    const { secret, hash, hint } = newApiKey(kind, tenantId);
    await changes.make(
      SYSTEM,
      { tenantId, action: 'api_key.create', reason: 'set up for a test' },
      async (tx) => {
        await tx.apiKey.create({
          data: {
            tenantId,
            id,
            name: kind,
            kind,
            secretHash: hash,
            hint,
            assistants,
            scopes: kind === 'agent' ? scopes : [],
            roles,
            createdBy: SYSTEM.id,
            expiresAt: kind === 'management' ? new Date(Date.now() + 86_400_000) : null,
          },
        });
        return { target: id, ...done, result: undefined };
      },
    );
    return { id, secret };
  }

  const world: World = {
    config,
    tenantId,
    slug,
    changes,
    keyring,
    subjectKeys,
    rows: async (sql, values = []) => (await owner.query(sql, values)).rows,
    publish: (next) =>
      changes.make(
        SYSTEM,
        { tenantId, action: 'policy.publish', reason: 'set up for a test' },
        async (tx) => {
          const head = await tx.ledgerHead.findUniqueOrThrow({ where: { tenantId } });
          const revision = head.policyRevision + 1;
          await tx.policyRevision.create({
            data: { tenantId, revision, document: next, digest: 'test', reason: 'test', publishedBy: 'test' },
          });
          await tx.ledgerHead.update({ where: { tenantId }, data: { policyRevision: revision } });
          return { target: `revision ${revision}`, ...done, result: revision };
        },
      ),
    bind: (id, roles, grants = {}) =>
      changes.make(SYSTEM, { tenantId, action: 'subject.bind', reason: 'set up for a test' }, async (tx) => {
        const bound = { roles, grants };
        const where = { tenantId_type_id: { tenantId, type: 'user', id } };
        await tx.subject.upsert({ where, create: { tenantId, type: 'user', id, ...bound }, update: bound });
        return { target: 'subject', ...done, result: undefined };
      }),
    agentKey: (assistants = [], scopes) => key('agent', assistants, [], scopes),
    managementKey: async (roles) => (await key('management', [], roles)).secret,
    async neighbour() {
      const [id, keyId] = [randomUUID(), randomUUID()];
      const { secret, hash, hint } = newApiKey('agent', id);
      const change = {
        tenantId: PLATFORM_TENANT_ID,
        action: 'tenant.create',
        reason: 'set up for a test',
      } as const;
      await changes.make(SYSTEM, change, async (tx) => {
        await nameTenants(tx, [PLATFORM_TENANT_ID, id]);
        await tx.tenant.create({ data: { id, slug: id, name: 'neighbour' } });
        await tx.ledgerHead.create({ data: { tenantId: id, hash: '0'.repeat(64), at: new Date(0) } });
        const made = { kind: 'agent', name: 'agent', secretHash: hash, hint, createdBy: 'test' };
        await tx.apiKey.create({ data: { tenantId: id, id: keyId, assistants: [], roles: [], ...made } });
        return { target: id, ...done, result: undefined };
      });
      return { tenantId: id, keyId, secret };
    },
    async api(environment = {}) {
      const port = await freePort();
      const url = `http://127.0.0.1:${port}`;
      const child = startApi({
        env: {
          DATABASE_URL: database.url,
          REDIS_URL: '',
          REEVE_PORT: String(port),
          REEVE_HOST: '127.0.0.1',
          REEVE_DATA_DIR: dataDir,
          REEVE_DEMO: '0',
          REEVE_WORKER: '0',
          ...environment,
        },
      });
      const api = { url, pid: child.pid, output: child.output, stop: child.stop };
      apis.push(api);
      await untilHealthy(child, `${url}/readyz`);
      return api;
    },
    async close() {
      await Promise.all(apis.map((api) => api.stop()));
      await Promise.all([changes.onApplicationShutdown(), owner.end()]);
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  await world.publish(document);
  await world.bind('mia', ['customer']);
  return world;
}
