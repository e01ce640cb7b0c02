/** The OpenID Foundation's conformance modules (packages/policy/cases/authzen), over HTTP. */
import { fileURLToPath } from 'node:url';
import { EMPTY_POLICY } from '@reeve/policy';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadModules } from '../../../packages/policy/cases/authzen/modules.js';
import { runPlans, setUpFixture, type Row } from '../../../packages/policy/cases/authzen/run.js';
import { graphql } from './support/agent.js';
import { createWorld, type World } from './support/world.js';

const CASES = fileURLToPath(new URL('../../../packages/policy/cases/authzen', import.meta.url));

let world: World;
let rows: Row[];

beforeAll(async () => {
  world = await createWorld(EMPTY_POLICY);
  const api = await world.api();
  const owner = await world.managementKey(['owner']);
  const assistant = await setUpFixture(CASES, world.slug, (query, variables) =>
    graphql(api, owner, query, { ...variables }),
  );
  const { secret: key } = await world.agentKey([assistant]);
  rows = await runPlans(CASES, { url: api.url, key });
});
afterAll(() => world.close());

it('all of them pass', () => {
  expect(rows.filter(({ verdict }) => verdict !== 'passed')).toEqual([]);
  const ran = (plan: string) => rows.filter((row) => row.plan === plan).length;
  expect(ran('metadata')).toBeGreaterThanOrEqual(8);
  expect(ran('/access/v1/evaluation')).toBeGreaterThanOrEqual(30);
  expect(ran('/access/v1/evaluations')).toBeGreaterThanOrEqual(25);
  for (const kind of ['subject', 'resource', 'action'])
    expect(ran(`/access/v1/search/${kind}`)).toBeGreaterThanOrEqual(20);
});

it('what contradicts the standard is said to', () => {
  const told = loadModules(CASES).filter(({ contradicts }) => contradicts !== undefined);
  expect(told.map(({ module }) => module)).toEqual(
    expect.arrayContaining(['authzen-pdp-evaluations-batch-with-default-value-merging']),
  );
});
