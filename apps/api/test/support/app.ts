/** The whole application in this process, on a database of its own, and people to sign in with. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import type { AdminRole, PolicyEdit } from '@reeve/policy';
import { AgentEntrance } from '../../src/entrance/agent-entrance.js';
import { createApp } from '../../src/boot.js';
import { readConfig, type Config } from '../../src/infra/config.js';
import type { KeyScope } from '../../src/auth/agent-caller.js';
import { SYSTEM } from '../../src/ledger/actor.js';
import { makeKeys } from '../../src/ledger/key-files.js';
import { SeedMembersService } from '../../src/members/seed-members.service.js';
import { SystemKeysService } from '../../src/api-keys/system-keys.service.js';
import { PublishingService } from '../../src/policies/publishing.service.js';
import { TenantsService } from '../../src/tenants/tenants.service.js';
import { cloneDatabase, type TestDatabase } from './database.js';

export const PASSWORD = 'correct horse battery';
export const REASON = 'because a test says so';

export interface GraphQLAnswer {
  readonly status: number;
  readonly data: Record<string, any> | null; // oxlint-disable-line typescript/no-explicit-any
  readonly errors: readonly { message: string; path?: string[]; extensions: Record<string, any> }[]; // oxlint-disable-line typescript/no-explicit-any
  /** The first error's code; undefined when there is none. */
  readonly code: string | undefined;
}

/** `cookie` of a member or `bearer` of a management key. */
export interface Credential {
  readonly cookie?: string;
  readonly bearer?: string;
}

export interface TestApp {
  readonly app: NestFastifyApplication;
  readonly config: Config;
  readonly database: TestDatabase;
  inject(options: InjectOptions): Promise<LightMyRequestResponse>;
  signIn(email: string, password?: string): Promise<Credential>;
  graphql(who: Credential, query: string, variables?: object): Promise<GraphQLAnswer>;
  addTenant(slug: string): Promise<string>;
  /** Signs in too. */
  addMember(tenantId: string, email: string, roles: AdminRole[]): Promise<Credential>;
  addAdmin(email?: string): Promise<Credential>;
  /** For decisions, unless told otherwise. */
  agentKey(tenantId: string, scopes?: KeyScope[]): Promise<Credential>;
  managementKey(tenantId: string, roles: AdminRole[]): Promise<Credential>;
  publish(tenantId: string, edits: readonly PolicyEdit[], expectedRevision?: number): Promise<void>;
  close(): Promise<void>;
}

export async function startApp(environment: Record<string, string> = {}): Promise<TestApp> {
  const database = await cloneDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'reeve-api-'));
  const config = readConfig({
    DATABASE_URL: database.url,
    REEVE_DATA_DIR: dataDir,
    REEVE_DEMO: '0',
    REEVE_WORKER: '0',
    ...environment,
  });
  makeKeys(config);
  const agents = new AgentEntrance();
  const app = await createApp(config, agents);

  const self: TestApp = {
    app,
    config,
    database,
    inject: (options: InjectOptions) =>
      typeof options.url === 'string' && agents.owns(options.url)
        ? agents.inject(options)
        : app.inject(options),
    async signIn(email, password = PASSWORD) {
      const answer = await app.inject({ method: 'POST', url: '/auth/sign-in', payload: { email, password } });
      if (answer.statusCode !== 200) throw new Error(`sign-in answered ${answer.statusCode}: ${answer.body}`);
      const { name, value } = answer.cookies[0]!;
      return { cookie: `${name}=${value}` };
    },
    async graphql({ cookie, bearer }, query, variables = {}) {
      const answer = await app.inject({
        method: 'POST',
        url: '/graphql',
        headers: {
          ...(cookie === undefined ? {} : { cookie, origin: 'http://localhost:80' }),
          ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
        },
        payload: { query, variables },
      });
      const { data, errors = [] } = answer.json<
        Pick<GraphQLAnswer, 'data'> & Partial<Pick<GraphQLAnswer, 'errors'>>
      >();
      return {
        status: answer.statusCode,
        data,
        errors,
        code: errors[0]?.extensions['code'] as string | undefined,
      };
    },
    addTenant: async (slug) =>
      (
        await app
          .get(TenantsService)
          .create(SYSTEM, { slug, name: `Tenant ${slug}`, environment: 'production' }, REASON)
      ).id,
    async addMember(tenantId, email, roles) {
      await app
        .get(SeedMembersService)
        .add(tenantId, { email, name: email, password: PASSWORD, roles }, REASON);
      return self.signIn(email);
    },
    async addAdmin(email = 'admin@reeve.test') {
      await app
        .get(SeedMembersService)
        .createPlatformAdmin({ email, name: 'Admin', password: PASSWORD }, REASON);
      return self.signIn(email);
    },
    agentKey: async (tenantId, scopes = ['decisions']) => ({
      bearer: await app
        .get(SystemKeysService)
        .create(tenantId, { name: 'agent', kind: 'agent', assistants: [], scopes, roles: [] }, REASON),
    }),
    managementKey: async (tenantId, roles) => ({
      bearer: await app
        .get(SystemKeysService)
        .create(
          tenantId,
          { name: 'automation', kind: 'management', assistants: [], scopes: [], roles },
          REASON,
        ),
    }),
    publish: async (tenantId, edits, expectedRevision = 0) =>
      void (await app
        .get(PublishingService)
        .publish(SYSTEM, { id: tenantId }, edits, expectedRevision, REASON)),
    async close() {
      await app.close();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  return self;
}

const tool = (name: string, toolClass: string) => ({
  kind: 'tool',
  name,
  value: { class: toolClass, justification: 'Needed in a test.', schema: { type: 'object' } },
});

/** A policy to start with: two tools, a role, an assistant. */
export const EDITS = [
  tool('search', 'read'),
  tool('refund', 'dangerous'),
  { kind: 'role', name: 'customer', value: {} },
  { kind: 'cell', role: 'customer', tool: 'search', value: { effect: 'allow' } },
  { kind: 'assistant', name: 'desk', value: { tools: ['search', 'refund'] } },
] as unknown as PolicyEdit[];
