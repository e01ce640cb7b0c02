/** The set-up link makes the first administrator and no second one; a new member's link sets a password once. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { InvitationsService } from '../src/auth/invitations.service.js';
import { PASSWORD, REASON, startApp, type Credential, type TestApp } from './support/app.js';

let reeve: TestApp;
beforeAll(async () => void (reeve = await startApp()));
afterAll(() => reeve.close());

const post = (path: string, payload: object) =>
  reeve.inject({ method: 'POST', url: `/auth/${path}`, payload });
const state = async () =>
  (await reeve.inject({ method: 'GET', url: '/auth/session' })).json<{ state: string }>().state;

it('sets up one administrator, whoever comes first', async () => {
  expect(await state()).toBe('set_up');
  const invitations = reeve.app.get(InvitationsService);
  const [first, second] = [await invitations.setupToken(), await invitations.setupToken()];
  const body = (token: string | null, email: string) => ({ token, email, name: 'Ada', password: PASSWORD });
  expect((await post('set-up', body('x'.repeat(43), 'x@alpha.test'))).statusCode).toBe(410);

  const answers = await Promise.all([
    post('set-up', body(first, 'ada@alpha.test')),
    post('set-up', body(second, 'eve@alpha.test')),
  ]);
  expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200, 410]));
  expect(await state()).toBe('signed_out');
  expect(await invitations.setupToken()).toBeNull();
});

it('gives a new member a password by a link that works once and tells nobody else’s', async () => {
  const owners = new Map<string, Credential>();
  for (const slug of ['alpha', 'beta'])
    owners.set(slug, await reeve.addMember(await reeve.addTenant(slug), `o@${slug}.test`, ['owner']));
  const add = (slug: string, who: Credential) =>
    reeve.graphql(
      who,
      `mutation { addMember(tenant: "${slug}", email: "New@Alpha.test", name: "New", roles: [viewer], reason: "${REASON}") { setupUrl member { pending email } } }`,
    );

  const added = await add('alpha', owners.get('alpha')!);
  expect(added.data!['addMember'].member).toEqual({ pending: true, email: 'new@alpha.test' });
  const token = new URL(added.data!['addMember'].setupUrl as string).hash.replace('#token=', '');

  // Another tenant may add the same person, but not take over the account.
  expect((await add('beta', owners.get('beta')!)).data!['addMember'].setupUrl).toBeNull();

  expect((await post('set-password', { token, password: 'short' })).statusCode).toBe(422);
  expect((await post('set-password', { token, password: PASSWORD })).statusCode).toBe(204);
  expect((await post('set-password', { token, password: 'another long password' })).statusCode).toBe(410);
  const { data } = await reeve.graphql(await reeve.signIn('new@alpha.test'), '{ tenants { slug } }');
  expect(data).toEqual({ tenants: [{ slug: 'alpha' }, { slug: 'beta' }] });
});
