/**
 * A process keeps what it knows and decides before it has the lock. Whatever somebody else has changed meanwhile, an
 * admin or another process, is in its very next answer all the same.
 */
import { randomUUID } from 'node:crypto';
import type { ChangeAction } from '@reeve/policy';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PLATFORM_TENANT_ID } from '../src/infra/config.js';
import { SYSTEM } from '../src/ledger/actor.js';
import { ask } from './support/agent.js';
import { verifyChain } from './support/chain.js';
import { createWorld, POLICY, type Api, type World } from './support/world.js';

const LIMIT = 7;

let world: World;
let here: Api;
let elsewhere: Api;
let key: { id: string; secret: string };

beforeAll(async () => {
  world = await createWorld({
    ...POLICY,
    quotas: { searches: { per: 'user', tool: 'search', limit: LIMIT, windowSeconds: 3600 } },
  });
  key = await world.agentKey();
  [here, elsewhere] = await Promise.all([world.api(), world.api()]);
});
afterAll(() => world.close());

const allowed = async (api: Api, subject: string) => (await ask(api, key.secret, { subject })).body.decision;

/** Until the process has no reason to ask anybody: it was the last to move the head, twice. */
async function settleDown(api: Api, subject: string) {
  for (let i = 0; i < 3; i++) expect(await allowed(api, subject)).toBe(true);
}

it('a subject’s roles', async () => {
  await world.bind('ann', ['customer']);
  await settleDown(here, 'ann');
  await world.bind('ann', []);
  expect(await allowed(here, 'ann')).toBe(false);
  await world.bind('ann', ['customer']);
  expect(await allowed(here, 'ann')).toBe(true);
});

it('what another process has spent', async () => {
  await world.bind('bob', ['customer']);
  await settleDown(here, 'bob');
  for (let i = 3; i < LIMIT; i++) expect(await allowed(elsewhere, 'bob')).toBe(true);
  expect(await allowed(here, 'bob')).toBe(false);
});

it('a new policy', async () => {
  await world.bind('cat', ['customer']);
  await settleDown(here, 'cat');
  await world.publish({ ...POLICY, cells: POLICY.cells.filter(({ tool }) => tool !== 'search') });
  expect(await allowed(here, 'cat')).toBe(false);
  await world.publish(POLICY);
  expect(await allowed(here, 'cat')).toBe(true);
});

it('a key that was revoked', async () => {
  const other = await world.agentKey();
  await world.bind('dan', ['customer']);
  const status = async () => (await ask(here, other.secret, { subject: 'dan' })).status;
  for (let i = 0; i < 3; i++) expect(await status()).toBe(200);
  await world.changes.make(
    SYSTEM,
    { tenantId: world.tenantId, action: 'api_key.revoke', reason: 'a test revokes it' },
    async (tx) => {
      await tx.apiKey.update({
        where: { tenantId_id: { tenantId: world.tenantId, id: other.id } },
        data: { revokedAt: new Date() },
      });
      return { target: other.id, before: null, after: null, result: undefined };
    },
  );
  expect(await status()).toBe(401);
});

it('a stop of the whole platform, which moves no head of the tenant', async () => {
  await world.bind('fay', ['customer']);
  await settleDown(here, 'fay');
  const name = { tenantId: PLATFORM_TENANT_ID, id: randomUUID() };
  const change = (action: ChangeAction, set: Parameters<World['changes']['make']>[2]) =>
    world.changes.make(
      SYSTEM,
      { tenantId: PLATFORM_TENANT_ID, action, reason: 'a test of a global stop' },
      set,
    );
  const done = { target: 'global', before: null, after: null, result: null };
  await change('kill_switch.engage', async (tx) => {
    await tx.killSwitch.create({
      data: { ...name, scope: 'global', mode: 'stopped', reason: 'a test', engagedBy: 'test' },
    });
    return done;
  });
  expect(await allowed(here, 'fay')).toBe(false);
  await change('kill_switch.lift', async (tx) => {
    await tx.killSwitch.update({ where: { tenantId_id: name }, data: { liftedAt: new Date() } });
    return done;
  });
  expect(await allowed(here, 'fay')).toBe(true);
});

it('all of it in one unbroken order, with questions pending all the while', async () => {
  await world.bind('eve', ['customer']);
  let asking = true;
  const loops = [here, here, here, here, elsewhere].map(async (api) => {
    while (asking) expect((await ask(api, key.secret, { subject: 'eve' })).status).toBe(200);
  });
  for (let i = 0; i < 10; i++) await world.bind('eve', i % 2 === 0 ? [] : ['customer']);
  asking = false;
  await Promise.all(loops);
  expect(await verifyChain(world)).toMatchObject({ verdict: 'verified', reachesHead: true });
});
