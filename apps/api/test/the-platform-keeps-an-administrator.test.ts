/** Administrators of the platform add and remove each other, with reason and record, and never the last of them. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PASSWORD, REASON, startApp, type Credential, type TestApp } from './support/app.js';
import { cookieOf, People } from './support/people.js';

let reeve: TestApp;
let people: People;
let first: Credential;
beforeAll(async () => {
  reeve = await startApp();
  people = new People(reeve);
  first = await reeve.addAdmin('first@reeve.test');
});
afterAll(() => reeve.close());

interface Administrator {
  readonly id: string;
  readonly email: string;
  readonly state: string;
  readonly version: number;
}
const list = async (who: Credential) => {
  const { data } = await reeve.graphql(who, '{ platformAdministrators { id email state version } }');
  return data!['platformAdministrators'] as Administrator[];
};
const find = async (email: string) => (await list(first)).find((each) => each.email === email)!;
const add = async (who: Credential, email: string) => {
  const { data, errors } = await reeve.graphql(
    who,
    `mutation { addPlatformAdministrator(email: "${email}", name: "Second", reason: "${REASON}") { administrator { id state } link { url } } }`,
  );
  expect(errors).toEqual([]);
  return new URL(data!['addPlatformAdministrator'].link.url as string).hash.replace('#token=', '');
};
const remove = (who: Credential, { id, version }: Pick<Administrator, 'id' | 'version'>) =>
  reeve.graphql(
    who,
    `mutation { removePlatformAdministrator(id: "${id}", expectedVersion: ${version}, reason: "${REASON}") }`,
  );
const isAdmin = async (who: Credential) =>
  (await reeve.graphql(who, '{ session { member { platformAdmin } } }')).data?.['session'].member
    .platformAdmin as boolean | undefined;

it('is never removed while nobody else could sign in for the platform', async () => {
  const refused = await remove(first, await find('first@reeve.test'));
  expect(refused.code).toBe('CONFLICT');
  const token = await add(first, 'second@reeve.test');
  expect((await find('second@reeve.test')).state).toBe('invited');
  // An invited one is not one yet.
  expect((await remove(first, await find('first@reeve.test'))).code).toBe('CONFLICT');

  expect((await people.look(token)).json()).toMatchObject({
    email: 'second@reeve.test',
    tenant: { slug: '_platform' },
    madeBy: 'Admin',
  });
  const second = cookieOf(await people.joinAsNew(token));
  expect(await isAdmin(second)).toBe(true);

  const stale = { ...(await find('first@reeve.test')), version: 7 };
  expect((await remove(second, stale)).code).toBe('CONFLICT');
  const elsewhere = await reeve.signIn('second@reeve.test', PASSWORD);
  expect((await remove(first, await find('second@reeve.test'))).errors).toEqual([]);
  for (const session of [second, elsewhere]) expect(await isAdmin(session)).toBeUndefined();
  expect((await remove(first, await find('first@reeve.test'))).code).toBe('CONFLICT');
});

it('two who remove each other at the same moment leave one', async () => {
  const other = cookieOf(await people.joinAsNew(await add(first, 'other@reeve.test')));
  const [me, them] = [await find('first@reeve.test'), await find('other@reeve.test')];
  const answers = await Promise.all([remove(first, them), remove(other, me)]);
  const codes = answers.map(({ code }) => code ?? 'done').toSorted();
  expect(codes.filter((code) => code === 'done')).toHaveLength(1);
  const left = [await isAdmin(first), await isAdmin(other)];
  expect(left.filter(Boolean)).toHaveLength(1);
  if (!left[0]) first = other;
});

it('keeps a removed administrator in the tenants they belong to, signed out', async () => {
  const owner = await reeve.addMember(await reeve.addTenant('alpha'), 'owner@alpha.test', ['owner']);
  await people.joinAsNew(await add(first, 'both@reeve.test'), PASSWORD);
  const { token } = await people.add(owner, 'alpha', 'both@reeve.test');
  const both = cookieOf(await people.joinAsExisting(token, PASSWORD, 'a new long password'));
  expect(await isAdmin(both)).toBe(true);
  expect((await remove(first, await find('both@reeve.test'))).errors).toEqual([]);
  expect(await isAdmin(both)).toBeUndefined();
  const again = await reeve.signIn('both@reeve.test', 'a new long password');
  expect(await isAdmin(again)).toBe(false);
  expect(await people.tenantsOf(again)).toEqual(['alpha']);
});

it('is not a tenant’s to make: no tenant argument reaches the platform’s members', async () => {
  const refused = await reeve.graphql(
    first,
    `mutation { addMember(tenant: "_platform", email: "x@x.test", name: "x", roles: [owner], reason: "${REASON}") { link { url } } }`,
  );
  expect(refused.code).toBe('FORBIDDEN');
});
