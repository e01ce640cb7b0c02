/** A management key never has more than its maker has now, ends within a year, and makes neither members nor keys. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN_ROLES, type AdminRole } from '@reeve/policy';
import { REASON, startApp, type Credential, type TestApp } from './support/app.js';
import { People } from './support/people.js';

let reeve: TestApp;
let people: People;
let tenant: string;
let owner: Credential;
let nth = 0;

beforeAll(async () => {
  reeve = await startApp();
  people = new People(reeve);
  tenant = await reeve.addTenant('alpha');
  owner = await reeve.addMember(tenant, 'owner@alpha.test', ['owner']);
});
afterAll(() => reeve.close());

const create = (who: Credential, roles: readonly AdminRole[], more = 'expiresInDays: 30') =>
  reeve.graphql(
    who,
    `mutation { createApiKey(tenant: "alpha", name: "k${(nth += 1)}", kind: management, roles: [${roles.join()}], ${more === '' ? '' : `${more}, `}reason: "${REASON}") { secret apiKey { id state effectiveRoles expiresAt createdBy } } }`,
  );
interface Made {
  readonly key: Credential;
  readonly id: string;
}
const made = async (who: Credential, roles: readonly AdminRole[]): Promise<Made> => {
  const { data } = await create(who, roles);
  const { secret, apiKey } = data!['createApiKey'] as { secret: string; apiKey: { id: string } };
  return { key: { bearer: secret }, id: apiKey.id };
};
const shown = async (id: string) => {
  const { data } = await reeve.graphql(
    owner,
    '{ apiKeys(tenant: "alpha") { id state effectiveRoles createdBy } }',
  );
  return (data!['apiKeys'] as { id: string }[]).find((key) => key.id === id);
};
const roles = async (id: string, next: readonly AdminRole[]) => {
  const { version } = (await people.members(owner, 'alpha')).find((member) => member.id === id)!;
  const { errors } = await reeve.graphql(
    owner,
    `mutation { setMemberRoles(tenant: "alpha", memberId: "${id}", roles: [${next.join()}], expectedVersion: ${version}, reason: "${REASON}") { id } }`,
  );
  expect(errors).toEqual([]);
};
const code = async (key: Credential, query: string) => (await reeve.graphql(key, query)).code;
const READS = '{ apiKeys(tenant: "alpha") { id } }';
const GOVERNS = `mutation { updateTenant(tenant: "alpha", expectedVersion: 99, reason: "${REASON}") { version } }`;

describe('at the very next request', () => {
  it('a removed maker’s key is dead', async () => {
    const email = `removed${(nth += 1)}@alpha.test`;
    const { key, id } = await made(await reeve.addMember(tenant, email, ['owner']), ['owner', 'auditor']);
    expect(await code(key, READS)).toBeUndefined();
    await people.remove(owner, 'alpha', (await people.find(owner, 'alpha', email)).id);
    expect(await code(key, READS)).toBe('UNAUTHENTICATED');
    expect(await shown(id)).toMatchObject({ state: 'maker_gone', effectiveRoles: [], createdBy: email });
  });

  it('a disabled maker’s key is dead, and back when they are', async () => {
    const email = `disabled${(nth += 1)}@alpha.test`;
    const who = await reeve.addMember(tenant, email, ['owner']);
    const { key, id } = await made(who, ['auditor']);
    const member = await people.find(owner, 'alpha', email);
    await people.setDisabled(owner, 'alpha', member.id, true);
    expect(await code(key, READS)).toBe('UNAUTHENTICATED');
    expect(await shown(id)).toMatchObject({ state: 'maker_gone', effectiveRoles: [], createdBy: email });
    await people.setDisabled(owner, 'alpha', member.id, false);
    expect(await code(key, READS)).toBeUndefined();
    expect(await shown(id)).toMatchObject({ state: 'active', effectiveRoles: ['auditor'] });
  });

  it('a demoted maker’s key shrinks with them, and is dead when nothing is left', async () => {
    const email = `demoted${(nth += 1)}@alpha.test`;
    const who = await reeve.addMember(tenant, email, ['owner']);
    const { key, id } = await made(who, ['owner', 'auditor']);
    const member = await people.find(owner, 'alpha', email);
    expect(await code(key, GOVERNS)).toBe('CONFLICT');
    await roles(member.id, ['auditor']);
    expect(await code(key, GOVERNS)).toBe('FORBIDDEN');
    expect(await code(key, READS)).toBeUndefined();
    expect(await shown(id)).toMatchObject({ state: 'active', effectiveRoles: ['auditor'] });
    await roles(member.id, ['viewer']);
    expect(await code(key, READS)).toBe('UNAUTHENTICATED');
    expect(await shown(id)).toMatchObject({ state: 'maker_gone', effectiveRoles: [] });
  });

  it('a removed platform administrator’s key is dead', async () => {
    const admin = await reeve.addAdmin('first@reeve.test');
    const second = await reeve.addAdmin('second@reeve.test');
    const { key } = await made(second, ['owner']);
    expect(await code(key, READS)).toBeUndefined();
    const { data } = await reeve.graphql(admin, '{ platformAdministrators { id email version } }');
    const { id, version } = (
      data!['platformAdministrators'] as { id: string; email: string; version: number }[]
    ).find(({ email }) => email === 'second@reeve.test')!;
    const removed = await reeve.graphql(
      admin,
      `mutation { removePlatformAdministrator(id: "${id}", expectedVersion: ${version}, reason: "${REASON}") }`,
    );
    expect(removed.errors).toEqual([]);
    expect(await code(key, READS)).toBe('UNAUTHENTICATED');
  });

  it('a key that is over is dead', async () => {
    const { key, id } = await made(owner, ['auditor']);
    const database = new pg.Client({ connectionString: reeve.database.url });
    await database.connect();
    await database.query(`SELECT set_config('app.tenant_ids', $1, false)`, [tenant]);
    await database.query(`UPDATE api_key SET expires_at = now() - interval '1 second' WHERE id = $1`, [id]);
    await database.end();
    expect(await code(key, READS)).toBe('UNAUTHENTICATED');
    expect(await shown(id)).toMatchObject({ state: 'expired', effectiveRoles: [] });
  });
});

it('has an end, within a year; an agent’s key has none', async () => {
  for (const days of ['', 'expiresInDays: 0', 'expiresInDays: 366', 'expiresInDays: -1'])
    expect((await create(owner, ['viewer'], days)).errors[0]?.extensions['errors'], days).toEqual([
      { path: 'expiresInDays', message: expect.any(String) as string },
    ]);
  const { data } = await create(owner, ['viewer'], 'expiresInDays: 365');
  const { expiresAt } = (data!['createApiKey'] as { apiKey: { expiresAt: string } }).apiKey;
  expect(new Date(expiresAt).getTime() - Date.now()).toBeGreaterThan(364 * 86_400_000);
});

it('makes neither members nor keys, whatever its roles; it may revoke', async () => {
  const key = await reeve.managementKey(tenant, [...ADMIN_ROLES]);
  const nobody = '00000000-0000-4000-8000-000000000000';
  const why = `reason: "${REASON}"`;
  for (const mutation of [
    `addMember(tenant: "alpha", email: "x@alpha.test", name: "x", roles: [viewer], ${why}) { link { url } }`,
    `newMemberLink(tenant: "alpha", memberId: "${nobody}", expectedVersion: 1, ${why}) { link { url } }`,
    `setMemberRoles(tenant: "alpha", memberId: "${nobody}", roles: [owner], expectedVersion: 1, ${why}) { id }`,
    `setMemberDisabled(tenant: "alpha", memberId: "${nobody}", disabled: true, expectedVersion: 1, ${why}) { id }`,
    `removeMember(tenant: "alpha", memberId: "${nobody}", expectedVersion: 1, ${why})`,
    `createApiKey(tenant: "alpha", name: "k", kind: agent, ${why}) { secret }`,
    `addPlatformAdministrator(email: "x@alpha.test", name: "x", ${why}) { link { url } }`,
  ])
    expect(await code(key, `mutation { ${mutation} }`), mutation).toBe('FORBIDDEN');
  expect(
    await code(
      key,
      `mutation { revokeApiKey(tenant: "alpha", id: "${nobody}", expectedVersion: 1, ${why}) { id } }`,
    ),
  ).toBe('NOT_FOUND');
});

it('an agent’s key outlives its maker: production hangs on it', async () => {
  const email = `agents${(nth += 1)}@alpha.test`;
  const who = await reeve.addMember(tenant, email, ['owner']);
  const { data } = await reeve.graphql(
    who,
    `mutation { createApiKey(tenant: "alpha", name: "desk", kind: agent, reason: "${REASON}") { secret apiKey { id } } }`,
  );
  const { secret, apiKey } = data!['createApiKey'] as { secret: string; apiKey: { id: string } };
  await people.remove(owner, 'alpha', (await people.find(owner, 'alpha', email)).id);
  const asked = await reeve.inject({
    method: 'POST',
    url: '/access/v1/evaluation',
    headers: { authorization: `Bearer ${secret}` },
    payload: {
      subject: { type: 'user', id: 'mia' },
      action: { name: 'tools/call' },
      resource: { type: 'tool', id: 'x' },
    },
  });
  expect(asked.statusCode).toBe(200);
  expect(await shown(apiKey.id)).toMatchObject({ state: 'active', createdBy: email });
});
