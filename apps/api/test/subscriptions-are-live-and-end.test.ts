/** The console hears of a change within a second, of its own tenants only, and not after its session has ended. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EDITS, REASON, startApp, type Credential, type TestApp } from './support/app.js';
import { listening, websocketClient } from './support/subscribe.js';

let reeve: TestApp;
let address: string;
let tenant: string;
let owner: Credential;

beforeAll(async () => {
  reeve = await startApp();
  tenant = await reeve.addTenant('alpha');
  await reeve.publish(tenant, EDITS);
  await reeve.addTenant('beta');
  owner = await reeve.addMember(tenant, 'owner@alpha.test', ['owner']);
  address = await listening(reeve);
});
afterAll(() => reeve.close());

const SUBSCRIPTION =
  'subscription ($tenant: String!) { ledgerAdvanced(tenant: $tenant) { tenant seq epoch changed } }';
interface Advance {
  readonly seq: string;
  readonly epoch: string;
  readonly changed: boolean;
}

/** What arrives, one after the other; a failure as it is. */
function subscribe({ cookie }: Credential, slug: string) {
  const client = websocketClient(address, { cookie: cookie! });
  const iterator = client.iterate<{ ledgerAdvanced: Advance }>({
    query: SUBSCRIPTION,
    variables: { tenant: slug },
  });
  return {
    next: async (): Promise<Advance> => {
      const { value } = await iterator.next();
      if (value?.data == null) throw new Error(JSON.stringify(value?.errors ?? value));
      return value.data.ledgerAdvanced;
    },
    end: () => client.dispose(),
  };
}
const bind = (id: string) =>
  reeve.graphql(
    owner,
    `mutation { bindSubject(tenant: "alpha", type: "user", id: "${id}", roles: ["customer"], expectedVersion: 0, reason: "${REASON}") { id } }`,
  );

it('says where the ledger stands, then that it moved and changed', async () => {
  const subscription = subscribe(owner, 'alpha');
  const first = await subscription.next();
  expect(first.changed).toBe(false);
  const started = performance.now();
  await bind('mia');
  const second = await subscription.next();
  expect(second.changed).toBe(true);
  expect(Number(second.seq)).toBe(Number(first.seq) + 1);
  expect(performance.now() - started).toBeLessThan(2000);
  await subscription.end();
});

it('a global stop is a change of every tenant, and a new tenant is none', async () => {
  const admin = await reeve.addAdmin();
  const subscription = subscribe(owner, 'alpha');
  const first = await subscription.next();
  await reeve.addTenant('gamma');
  const stopped = await reeve.graphql(
    admin,
    `mutation { engageKillSwitch(tenant: "alpha", scope: global, mode: stopped, confirm: "STOP ALL", reason: "${REASON}") { id } }`,
  );
  expect(stopped.errors).toEqual([]);
  const epoch = String(Number(first.epoch) + 1);
  expect(await subscription.next()).toMatchObject({ seq: first.seq, epoch, changed: true });
  await subscription.end();
});

it('tells a member nothing of a tenant they do not belong to', async () => {
  const subscription = subscribe(owner, 'beta');
  await expect(subscription.next()).rejects.toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
  await subscription.end();
});

it('ends when the session has ended', async () => {
  const session = await reeve.signIn('owner@alpha.test');
  const subscription = subscribe(session, 'alpha');
  await subscription.next();
  await reeve.inject({ method: 'POST', url: '/auth/sign-out', headers: { cookie: session.cookie! } });
  let told = 0;
  const ended = (async () => {
    for (;;) {
      await subscription.next();
      told += 1;
    }
  })().catch((error: unknown) => JSON.stringify(error));
  let over = false;
  void ended.then(() => (over = true));
  for (let i = 0; !over && i < 60; i += 1) {
    await bind(`after-${i}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(await ended).toContain('UNAUTHENTICATED');
  expect(told).toBeLessThan(10);
  await subscription.end();
});
