/** The set-up link makes the first administrator and no second one; a member's link lets one person in, once. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SetUpService } from '../src/sign-in/set-up.service.js';
import { PASSWORD, REASON, startApp, type Credential, type TestApp } from './support/app.js';
import { People } from './support/people.js';

let reeve: TestApp;
let people: People;
beforeAll(async () => {
  reeve = await startApp();
  people = new People(reeve);
});
afterAll(() => reeve.close());

const post = (path: string, payload: object) =>
  reeve.inject({ method: 'POST', url: `/auth/${path}`, payload });
const state = async () =>
  (await reeve.inject({ method: 'GET', url: '/auth/session' })).json<{ state: string }>().state;

it('sets up one administrator, whoever comes first', async () => {
  expect(await state()).toBe('set_up');
  const setUps = reeve.app.get(SetUpService);
  const [first, second] = [await setUps.setupToken(), await setUps.setupToken()];
  const body = (token: string | null, email: string) => ({ token, email, name: 'Ada', password: PASSWORD });
  expect((await post('set-up', body('x'.repeat(66), 'x@alpha.test'))).statusCode).toBe(410);

  const answers = await Promise.all([
    post('set-up', body(first, 'ada@alpha.test')),
    post('set-up', body(second, 'eve@alpha.test')),
  ]);
  expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200, 410]));
  expect(await state()).toBe('signed_out');
  expect(await setUps.setupToken()).toBeNull();
});

describe('a member’s link', () => {
  let owner: Credential;
  beforeAll(async () => {
    owner = await reeve.addMember(await reeve.addTenant('alpha'), 'o@alpha.test', ['owner']);
  });
  const invite = (email: string) => people.add(owner, 'alpha', email);

  it('says whose it is, in which tenant, by whom and until when; a dead one says so before anything is typed', async () => {
    const { token, expiresAt } = await invite('New@Alpha.test');
    const seen = await people.look(token);
    expect(seen.statusCode).toBe(200);
    expect(seen.json()).toEqual({
      email: 'new@alpha.test',
      tenant: { slug: 'alpha', name: 'Tenant alpha' },
      madeBy: 'o@alpha.test',
      expiresAt,
      replaces: false,
    });
    expect((await people.look(`${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`)).statusCode).toBe(
      410,
    );
    expect((await people.look('x'.repeat(43))).statusCode).toBe(410);
  });

  it('sets a password once, also when it is used twice at the same moment, and signs in', async () => {
    const { token } = await invite('once@alpha.test');
    expect((await people.joinAsNew(token, 'short')).statusCode).toBe(422);
    const answers = await Promise.all([people.joinAsNew(token), people.joinAsNew(token, 'another password')]);
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200, 410]));
    const [done] = answers.filter(({ statusCode }) => statusCode === 200);
    const cookie = `${done!.cookies[0]!.name}=${done!.cookies[0]!.value}`;
    expect((await reeve.graphql({ cookie }, '{ tenants { slug } }')).data).toEqual({
      tenants: [{ slug: 'alpha' }],
    });
    expect((await people.look(token)).statusCode).toBe(410);
  });

  it('is dead once there is a newer one', async () => {
    const { token, member } = await invite('newer@alpha.test');
    const next = await people.newLink(owner, 'alpha', member.id);
    expect((await people.look(token)).statusCode).toBe(410);
    expect((await people.joinAsNew(token)).statusCode).toBe(410);
    expect((await people.joinAsNew(next.token)).statusCode).toBe(200);
  });

  it('is dead once the member is disabled, and stays so', async () => {
    const { token, member } = await invite('disabled@alpha.test');
    await people.setDisabled(owner, 'alpha', member.id, true);
    expect((await people.joinAsNew(token)).statusCode).toBe(410);
    await people.setDisabled(owner, 'alpha', member.id, false);
    expect((await people.joinAsNew(token)).statusCode).toBe(410);
  });

  it('is dead once the member is removed, also when they are added again', async () => {
    const { token, member } = await invite('removed@alpha.test');
    await people.remove(owner, 'alpha', member.id);
    expect((await people.look(token)).statusCode).toBe(410);
    const again = await invite('removed@alpha.test');
    expect(again.member.id).not.toBe(member.id);
    expect((await people.joinAsNew(token)).statusCode).toBe(410);
    expect((await people.joinAsNew(again.token)).statusCode).toBe(200);
  });

  it('is dead once the person sets a password by any way', async () => {
    const invited = await invite('changes@alpha.test');
    const joined = await people.joinAsNew(invited.token);
    const cookie = `${joined.cookies[0]!.name}=${joined.cookies[0]!.value}`;
    const { token } = await people.newLink(owner, 'alpha', invited.member.id);
    const changed = await reeve.inject({
      method: 'POST',
      url: '/auth/password',
      headers: { cookie },
      payload: { currentPassword: PASSWORD, password: 'a password of my own' },
    });
    expect(changed.statusCode).toBe(204);
    expect((await people.look(token)).statusCode).toBe(410);
    expect((await people.joinAsNew(token)).statusCode).toBe(410);
  });

  it('is worth no more than its maker may still give', async () => {
    const second = await reeve.addMember(await people.tenantId('alpha'), 'second@alpha.test', ['owner']);
    const { token } = await people.add(second, 'alpha', 'sock@alpha.test', ['owner']);
    expect((await people.look(token)).statusCode).toBe(200);
    const { id, version } = await people.find(owner, 'alpha', 'second@alpha.test');
    const demoted = await reeve.graphql(
      owner,
      `mutation { setMemberRoles(tenant: "alpha", memberId: "${id}", roles: [viewer], expectedVersion: ${version}, reason: "${REASON}") { id } }`,
    );
    expect(demoted.errors).toEqual([]);
    expect((await people.look(token)).statusCode).toBe(410);
    expect((await people.joinAsNew(token)).statusCode).toBe(410);
  });
});
