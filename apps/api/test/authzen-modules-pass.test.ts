/** The OpenID Foundation's conformance modules (packages/policy/cases/authzen), over HTTP. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadModules } from '../../../packages/policy/cases/authzen/modules.js';
import { runPlans, type Row } from '../../../packages/policy/cases/authzen/run.js';
import { createWorld, type World } from './support/world.js';

const CASES = fileURLToPath(new URL('../../../packages/policy/cases/authzen', import.meta.url));

let world: World;
let rows: Row[];

beforeAll(async () => {
  world = await createWorld();
  const { secret: key } = await world.agentKey();
  const { url } = await world.api();
  rows = await runPlans(CASES, { url, key, fixture: false });
});
afterAll(() => world.close());

it('none of them fails', () => {
  expect(rows.filter(({ verdict }) => verdict === 'failed')).toEqual([]);
});

it('those that need nothing that is not there have all run', () => {
  const passed = rows.filter(({ verdict }) => verdict === 'passed');
  expect(passed.filter(({ plan }) => plan === 'metadata').length).toBeGreaterThanOrEqual(8);
  expect(passed.filter(({ plan }) => plan === '/access/v1/evaluation').length).toBeGreaterThanOrEqual(20);
  expect(passed.filter(({ plan }) => plan === '/access/v1/evaluations').length).toBeGreaterThanOrEqual(9);
  const reasons = new Set(rows.filter(({ verdict }) => verdict === 'waits').map(({ why }) => why));
  for (const why of reasons) expect(['needs resource types', 'needs this endpoint']).toContain(why);
});

it('what contradicts the standard is said to', () => {
  const told = loadModules(CASES).filter(({ contradicts }) => contradicts !== undefined);
  expect(told.map(({ module }) => module)).toEqual(
    expect.arrayContaining(['authzen-pdp-evaluations-batch-with-default-value-merging']),
  );
});
