/**
 * Whatever the owner of alpha does, in whatever order, with an address that belongs to beta as well: whoever gets into a
 * tenant has proved that tenant. A model says who knows which password and who has proved what; the product is asked
 * after every run.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type Credential, type TestApp } from './support/app.js';
import { ACTIONS, Stage, TENANTS, World, type Action, type Tenant } from './support/people-model.js';

const RUNS = 12;
const INVITED: readonly Action[] = [
  ['invite', 'alpha'],
  ['invite', 'beta'],
];
/** Nothing yet; an account that alpha made first, whose password the person is told; one that alpha moved to a new link. */
const BEGINNINGS: readonly (readonly Action[])[] = [
  INVITED,
  [
    ...INVITED,
    ['join as new', 'alpha', 'attacker'],
    ['tell password', 'alpha', 'attacker'],
    ['join as existing', 'beta', 'person'],
  ],
  [
    ...INVITED,
    ['join as new', 'alpha', 'attacker'],
    ['relink', 'alpha'],
    ['join as existing', 'alpha', 'attacker'],
  ],
];

let reeve: TestApp;
let stage: Stage;

beforeAll(async () => {
  reeve = await startApp();
  const owners = new Map<Tenant, Credential>();
  for (const tenant of TENANTS)
    owners.set(
      tenant,
      await reeve.addMember(await reeve.addTenant(tenant), `owner@${tenant}.test`, ['owner']),
    );
  stage = new Stage(reeve, owners);
});
afterAll(() => reeve.close());

it('whoever gets into a tenant has proved it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...BEGINNINGS),
      fc.array(fc.constantFrom(...ACTIONS), { minLength: 12, maxLength: 20, size: 'max' }),
      async (beginning, actions) => {
        const world = new World(stage);
        for (const action of [...beginning, ...actions]) await world.act(action);
        await world.check();
      },
    ),
    { seed: 20261126, numRuns: RUNS, endOnFailure: true },
  );
  // A test that tries nothing does not pass.
  const happened = (what: string) => stage.happened.get(what) ?? 0;
  for (const what of ['relink', 'remove', 'toggle', 'tell password', 'use dead link', 'in both'])
    expect(happened(what), what).toBeGreaterThan(0);
  for (const who of ['attacker', 'person'])
    for (const what of ['join as new', 'join as existing'])
      expect(happened(`${what} ${who}`), `${what} ${who}`).toBeGreaterThan(0);
  for (const what of ['sign in', 'change password'])
    expect(happened(`${what} attacker`) + happened(`${what} person`), what).toBeGreaterThan(0);
}, 120_000);
