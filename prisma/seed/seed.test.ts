/** The seed runs again harmlessly, from wherever it was killed. */
import { applyEdits, EMPTY_POLICY, type PolicyDocument } from '@reeve/policy';
import { readRecording } from '@reeve/replay';
import { beforeEach, describe, expect, test } from 'vitest';
import type { DemoCredentials, SeedFacade } from './facade.js';
import { chaptersOf } from './chapters.js';
import { DEMO_TENANTS, seedDemo } from './index.js';
import { subjectsOf } from './people.js';

interface Tenant {
  readonly members: Map<string, string>;
  readonly keys: Map<string, { readonly name: string; readonly secret: string }>;
  readonly subjects: Map<string, readonly string[]>;
  revision: number;
  document: PolicyDocument;
}

/** A deployment in memory that dies after so many changes. */
class Deployment {
  readonly tenants = new Map<string, Tenant>();
  readonly admins = new Map<string, string>();
  kept: string | null = null;
  changes = 0;
  diesAfter = Infinity;

  private change(): void {
    if (++this.changes > this.diesAfter) throw new Error('killed');
  }

  readonly facade: SeedFacade = {
    tenantSlugs: async () => [...this.tenants.keys()],
    createTenant: async ({ slug }) => {
      this.change();
      if (this.tenants.has(slug)) throw new Error(`${slug} twice`);
      const tenant = {
        members: new Map(),
        keys: new Map(),
        subjects: new Map(),
        revision: 0,
        document: EMPTY_POLICY,
      };
      this.tenants.set(slug, tenant);
    },
    platformAdminEmails: async () => [...this.admins.keys()],
    createPlatformAdmin: async ({ email, password }) => {
      this.change();
      this.admins.set(email, password);
    },
    memberEmails: async (slug) => [...this.tenants.get(slug)!.members.keys()],
    addMembers: async (slug, members) => {
      for (const { email, password } of members) {
        this.change();
        this.tenants.get(slug)!.members.set(email, password);
      }
    },
    policy: async (slug) => this.tenants.get(slug)!,
    publishPolicy: async (slug, edits, expectedRevision) => {
      this.change();
      const tenant = this.tenants.get(slug)!;
      if (tenant.revision !== expectedRevision) throw new Error(`${slug} is at ${tenant.revision}`);
      tenant.document = applyEdits(tenant.document, edits);
      tenant.revision++;
    },
    bindSubjects: async (slug, subjects) => {
      this.change();
      for (const { type, id, roles } of subjects)
        this.tenants.get(slug)!.subjects.set(`${type}/${id}`, roles);
    },
    apiKeyNames: async (slug) => [...this.tenants.get(slug)!.keys.values()].map(({ name }) => name),
    createApiKey: async (slug, { name }) => {
      this.change();
      const secret = `${slug} ${name} ${this.changes}`;
      this.tenants.get(slug)!.keys.set(secret, { name, secret });
      return secret;
    },
    revokeApiKeys: async (slug, name) => {
      this.change();
      const { keys } = this.tenants.get(slug)!;
      for (const key of keys.values()) if (key.name === name) keys.delete(key.secret);
    },
    credentials: {
      read: async () => (this.kept === null ? null : (JSON.parse(this.kept) as DemoCredentials)),
      write: async (credentials) => {
        this.change();
        this.kept = JSON.stringify(credentials);
      },
    },
  };
}

/** What must hold of a finished seed: everything is there, and the file opens it. */
function expectWhole({ kept, admins, tenants }: Deployment, credentials: DemoCredentials | null): void {
  if (credentials === null) throw new Error('nothing was seeded');
  expect(credentials.complete).toBe(true);
  expect(JSON.parse(kept!)).toEqual(credentials);
  expect(admins.get(credentials.platformAdmin.email)).toBe(credentials.platformAdmin.password);
  for (const { slug, policy } of DEMO_TENANTS) {
    const tenant = tenants.get(slug)!;
    const { members, agentApiKey, managementApiKey } = credentials.tenants[slug]!;
    for (const { email, password } of Object.values(members))
      expect(tenant.members.get(email)).toBe(password);
    expect(new Set(tenant.keys.keys())).toEqual(new Set([agentApiKey, managementApiKey]));
    expect(inOrder(tenant.document)).toEqual(inOrder(policy));
    expect(tenant.revision).toBe(3);
    expect(tenant.subjects.get('session/anonymous')).toEqual(['guest']);
  }
}

const inOrder = (policy: PolicyDocument) => ({
  ...policy,
  cells: policy.cells.toSorted((a, b) => (`${a.role}/${a.tool}` < `${b.role}/${b.tool}` ? -1 : 1)),
});

let deployment: Deployment;
beforeEach(() => {
  deployment = new Deployment();
});

describe('seedDemo', () => {
  test('makes three tenants that its file opens', async () => {
    expectWhole(deployment, await seedDemo(deployment.facade));
    expect(deployment.tenants.size).toBe(3);
  });

  test('leaves a finished seed alone', async () => {
    const first = await seedDemo(deployment.facade);
    const { changes } = deployment;
    expect(await seedDemo(deployment.facade)).toEqual(first);
    expect(deployment.changes).toBe(changes);
  });

  test('goes on from wherever it was killed', async () => {
    await seedDemo(deployment.facade);
    for (let point = 0; point < deployment.changes; point++) {
      const killed = new Deployment();
      killed.diesAfter = point;
      await expect(seedDemo(killed.facade)).rejects.toThrow('killed');
      killed.diesAfter = Infinity;
      expectWhole(killed, await seedDemo(killed.facade));
    }
  });

  test('never touches tenants that no demo made', async () => {
    await deployment.facade.createTenant({ slug: 'acme', name: 'Acme', environment: 'production' }, 'theirs');
    const { changes } = deployment;
    expect(await seedDemo(deployment.facade)).toBeNull();
    expect(deployment.changes).toBe(changes);
  });

  test('makes everything anew, keys included, when the database was emptied', async () => {
    const first = await seedDemo(deployment.facade);
    const emptied = new Deployment();
    emptied.kept = deployment.kept;
    const second = await seedDemo(emptied.facade);
    expectWhole(emptied, second);
    expect(second?.platformAdmin.password).toBe(first?.platformAdmin.password);
  });
});

test.each(DEMO_TENANTS)('$slug: the chapters add up to the policy', ({ policy }) => {
  const made = chaptersOf(policy).reduce((document, { edits }) => applyEdits(document, edits), EMPTY_POLICY);
  expect(inOrder(made)).toEqual(inOrder(policy));
});

test('who is bound: every recorded customer with the tier their profile shows, and nobody twice', () => {
  const recording = readRecording();
  for (const { slug, policy, exampleSubject } of DEMO_TENANTS) {
    const subjects = subjectsOf(slug, recording);
    const names = subjects.map(({ type, id }) => `${type}/${id}`);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain(`${exampleSubject.type}/${exampleSubject.id}`);
    for (const { roles, grants = {} } of subjects) {
      expect(roles.filter((role) => !(role in policy.roles))).toEqual([]);
      expect(Object.keys(grants).filter((tool) => !(tool in policy.tools))).toEqual([]);
    }
  }
  const airline = new Map(subjectsOf('airline', recording).map(({ id, roles }) => [id, roles]));
  expect(airline.get('noah_muller_9847')).toEqual(['member_gold']);
  expect(airline.get('sofia_kim_7287')).toEqual(['member_silver']);
  expect(airline.get('omar_davis_3817')).toEqual(['customer']);
});
