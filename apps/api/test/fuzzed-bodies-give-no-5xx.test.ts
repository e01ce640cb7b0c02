/** Whatever is sent, the answer is an answer or a problem that says where; never a 5xx, never a stack. 10,000 bodies. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { post, question } from './support/agent.js';
import { verifyChain } from './support/chain.js';
import { createWorld, type Api, type World } from './support/world.js';

const BODIES = 10_000;
const AT_ONCE = 50;

let world: World;
let api: Api;
let key: string;

beforeAll(async () => {
  world = await createWorld();
  key = (await world.agentKey()).secret;
  api = await world.api();
});
afterAll(() => world.close());

const hostile = fc.oneof(
  fc.constantFrom(
    '__proto__',
    'constructor',
    'toString',
    '\0',
    '\ud800',
    '',
    'a'.repeat(5_000),
    '{{7*7}}',
    "'; DROP TABLE tenant; --",
  ),
  fc.string({ unit: 'binary' }),
  fc.double(),
  fc.constantFrom(null, true, -0, 1e308, Number.MAX_SAFE_INTEGER + 2),
  fc.jsonValue({ maxDepth: 6 }),
);
const well = fc.constant(question());
/** A good body with one member, at any depth, replaced by something else. */
const mutated = fc
  .tuple(
    well,
    fc.constantFrom(
      'subject',
      'subject.id',
      'action.name',
      'resource.id',
      'resource.properties',
      'resource.properties.arguments',
      'resource.properties.arguments.q',
      'context',
      'context.run_id',
      'context.channel',
      'context.inputs',
      'evaluations',
      'options',
    ),
    hostile,
  )
  .map(([body, path, value]) => {
    const copy = structuredClone(body) as Record<string, unknown>;
    const steps = path.split('.');
    let at = copy;
    for (const step of steps.slice(0, -1)) at = at[step] as Record<string, unknown>;
    at[steps.at(-1)!] = value;
    return JSON.stringify(copy);
  });
const body = fc.oneof(
  { weight: 5, arbitrary: mutated },
  { weight: 2, arbitrary: hostile.map((value) => JSON.stringify(value) ?? '') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 1, arbitrary: fc.nat(60).map((depth) => '['.repeat(depth) + ']'.repeat(depth)) },
);
const path = fc.constantFrom('/access/v1/evaluation', '/access/v1/evaluations', '/v1/outcomes');

it(`${BODIES} bodies over the agents' routes`, { timeout: 240_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(path, body), { minLength: AT_ONCE, maxLength: AT_ONCE }),
      async (batch) => {
        const answers = await Promise.all(
          batch.map(([where, what]) => post<Record<string, unknown>>(api, where, key, what)),
        );
        for (const [i, { status, headers, body: answer }] of answers.entries()) {
          const sent = JSON.stringify(batch[i]);
          expect(status, sent).toBeLessThan(500);
          if (status < 400) continue;
          expect(headers.get('content-type'), sent).toContain('application/problem+json');
          expect(answer, sent).toMatchObject({ status, type: expect.any(String), title: expect.any(String) });
          expect(JSON.stringify(answer), sent).not.toMatch(/node_modules|\.ts:\d|at async|SELECT |INSERT /);
        }
      },
    ),
    { numRuns: BODIES / AT_ONCE },
  );
  expect(await verifyChain(world)).toMatchObject({ verdict: 'verified', reachesHead: true });
});
