/** Whoever is in a tenant knows whom to ask: names and roles are for all of them, addresses for whoever sees personal data. */
import { ADMIN_ROLES } from '@reeve/policy';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type TestApp } from './support/app.js';

let reeve: TestApp;
beforeAll(async () => void (reeve = await startApp()));
afterAll(() => reeve.close());

it('in their own tenant, and in no other', async () => {
  const alpha = await reeve.addTenant('alpha');
  await reeve.addMember(await reeve.addTenant('beta'), 'owner@beta.test', ['owner']);
  const all = new Map(
    await Promise.all(
      ADMIN_ROLES.map(
        async (role) => [role, await reeve.addMember(alpha, `${role}@alpha.test`, [role])] as const,
      ),
    ),
  );
  for (const [role, who] of all) {
    const { data } = await reeve.graphql(who, '{ members(tenant: "alpha") { name roles email } }');
    const members = data!['members'] as { name: string; roles: string[]; email: string | null }[];
    expect(new Set(members.map(({ roles }) => roles[0])), role).toEqual(new Set(ADMIN_ROLES));
    const addresses = members.filter(({ email }) => email !== null);
    expect(addresses, role).toHaveLength(role === 'viewer' ? 0 : ADMIN_ROLES.length);
    expect((await reeve.graphql(who, '{ members(tenant: "beta") { name } }')).code, role).toBe('NOT_FOUND');
  }
});
