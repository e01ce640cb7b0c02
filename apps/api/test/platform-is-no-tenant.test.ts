/** The platform's own order is read by who runs the deployment, and by nothing else is it a tenant. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import openapi from '../openapi.json' with { type: 'json' };
import { PLATFORM_TENANT_ID } from '../src/infra/config.js';
import { REASON, startApp, type Credential, type TestApp } from './support/app.js';
import { rootFields, sampled } from './support/schema-walk.js';
import { listening, websocketClient } from './support/subscribe.js';

let reeve: TestApp;
let admin: Credential;
let owner: Credential;

beforeAll(async () => {
  reeve = await startApp();
  admin = await reeve.addAdmin();
  owner = await reeve.addMember(await reeve.addTenant('alpha'), 'owner@alpha.test', ['owner']);
});
afterAll(() => reeve.close());

const SLUG = '_platform';
/** Says of the database's clock, which is everybody's, that it is right. */
const OF_ALL = 'acknowledgeClock';
/** Whatever else is asked for is there to be refused for the tenant alone. */
const SCALARS: { readonly [name: string]: unknown } = {
  Int: 1,
  Float: 1,
  Boolean: true,
  DateTime: '2026-11-01T00:00:00Z',
  JSON: {},
};
const naming = (tenant: string) => ({
  scalar: (name: string, at: string) =>
    at === 'reason' ? REASON : at === 'confirm' ? 'STOP ALL' : (SCALARS[name] ?? tenant),
});
const withTenant = () =>
  rootFields(reeve.app).filter(({ args }) => args.some(({ name }) => name === 'tenant'));
const ask = (who: Credential, field: ReturnType<typeof rootFields>[number], tenant: string) =>
  reeve.graphql(who, field.operation, sampled(field.args, naming(tenant)));
const position = async () =>
  (await reeve.graphql(admin, `{ ledgerHead(tenant: "${SLUG}") { seq } }`)).data!['ledgerHead'].seq as string;

it('is accepted by no mutation, by slug or by id, whoever asks', async () => {
  const before = await position();
  const mutations = rootFields(reeve.app).filter(
    ({ name, kind, args }) =>
      kind === 'mutation' && name !== OF_ALL && args.some(({ type }) => /^(String|ID)/.test(String(type))),
  );
  expect(mutations.length).toBeGreaterThanOrEqual(15);
  for (const field of mutations)
    for (const [who, tenant, code] of [
      [admin, SLUG, 'FORBIDDEN'],
      [owner, SLUG, 'NOT_FOUND'],
      [admin, PLATFORM_TENANT_ID, 'NOT_FOUND'],
      [owner, PLATFORM_TENANT_ID, 'NOT_FOUND'],
    ] as const) {
      const answer = await ask(who, field, tenant);
      expect(answer.errors, `${field.name} of ${tenant}`).not.toEqual([]);
      if (field.args.some(({ name }) => name === 'tenant'))
        expect(answer.code, `${field.name} of ${tenant}`).toBe(code);
    }
  expect(await position()).toBe(before);
});

it('answers a platform administrator with its audit log, and nobody with anything else', async () => {
  const answering: string[] = [];
  for (const field of withTenant().filter(({ kind }) => kind === 'query')) {
    const { code } = await ask(admin, field, SLUG);
    if (code === 'FORBIDDEN') continue;
    answering.push(field.name);
    expect((await ask(owner, field, SLUG)).code, field.name).toBe('NOT_FOUND');
    for (const who of [admin, owner])
      expect((await ask(who, field, PLATFORM_TENANT_ID)).code, field.name).toBe('NOT_FOUND');
  }
  expect(answering.toSorted()).toEqual(['auditActors', 'auditRecord', 'auditRecords', 'ledgerHead']);
});

it('tells a platform administrator how its ledger moves, and nobody else', async () => {
  expect(
    rootFields(reeve.app)
      .filter(({ kind }) => kind === 'subscription')
      .map(({ name }) => name),
  ).toEqual(['ledgerAdvanced']);
  const address = await listening(reeve);
  for (const [who, tenant, code] of [
    [admin, SLUG, undefined],
    [owner, SLUG, 'NOT_FOUND'],
    [admin, PLATFORM_TENANT_ID, 'NOT_FOUND'],
  ] as const) {
    const client = websocketClient(address, { cookie: who.cookie! });
    const query = `subscription { ledgerAdvanced(tenant: "${tenant}") { seq } }`;
    const first = await client
      .iterate({ query })
      .next()
      .then(
        ({ value }) => value?.errors?.[0]?.extensions?.['code'] as string | undefined,
        (errors: { extensions?: { code?: string } }[]) => errors[0]?.extensions?.code,
      );
    expect(first, tenant).toBe(code);
    await client.dispose();
  }
});

it('is exported for a platform administrator, and is at no other address', async () => {
  const paths = Object.entries(openapi.paths as Record<string, Record<string, unknown>>).flatMap(
    ([path, methods]) =>
      Object.entries(methods)
        .filter(([, operation]) => JSON.stringify(operation).includes('"tenant"'))
        .map(([method]) => `${method} ${path}`),
  );
  // The PDP's metadata answers any name alike, and says nothing of a tenant.
  expect(paths.filter((path) => !/\/v1\/audit\/export|authzen-configuration/.test(path))).toEqual([]);
  const get = async ({ cookie }: Credential, tenant: string) =>
    (
      await reeve.inject({
        method: 'GET',
        url: `/v1/audit/export?tenant=${tenant}`,
        headers: { cookie: cookie! },
      })
    ).statusCode;
  expect(await get(admin, SLUG)).toBe(200);
  expect(await get(owner, SLUG)).toBe(404);
  expect(await get(admin, PLATFORM_TENANT_ID)).toBe(404);
});

it('tells on the overview of one tenant nothing that was done to another', async () => {
  for (const slug of ['beta', 'gamma'])
    await reeve.graphql(
      admin,
      `mutation { createTenant(name: "${slug}", slug: "${slug}", reason: "${REASON}") { id } }`,
    );
  const span = `from: "${new Date(Date.now() - 3_600_000).toISOString()}", to: "${new Date(Date.now() + 60_000).toISOString()}"`;
  const created = async (who: Credential, tenant: string) => {
    const { data } = await reeve.graphql(
      who,
      `{ overview(tenant: "${tenant}", ${span}) { changes { action target } } }`,
    );
    const { changes } = data!['overview'] as { changes: { action: string; target: string }[] };
    return changes.flatMap(({ action, target }) => (action === 'tenant.create' ? [target] : [])).toSorted();
  };
  expect(await created(admin, 'beta')).toEqual(['tenant:beta']);
  expect(await created(admin, '_all')).toEqual(expect.arrayContaining(['tenant:beta', 'tenant:gamma']));
  expect(await created(owner, 'alpha')).toEqual([]);
});
