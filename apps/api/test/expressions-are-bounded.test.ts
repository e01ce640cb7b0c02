/**
 * Whatever a tenant publishes and a model sends, the answer is a denial or a 4xx that says why, and nobody else waits:
 * the process answers others within a second all the while. Each bomb at three sizes that double.
 */
import type { PolicyDocument } from '@reeve/policy';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BOMBS } from '../../../bench/src/bombs.mjs';
import { detonate, type Target } from '../../../bench/src/detonate.mjs';
import { ask } from './support/agent.js';
import { createWorld, POLICY, type Api, type World } from './support/world.js';

/** What no noise reaches; `npm run bench -- hostile` prints the real figures. */
const HELD_MS_MAX = 1_000;

let world: World;
let api: Api;
let target: Target;
let agent: string;

beforeAll(async () => {
  world = await createWorld();
  api = await world.api();
  agent = (await world.agentKey()).secret;
  target = {
    url: api.url,
    tenant: world.slug,
    admin: { authorization: `Bearer ${await world.managementKey(['owner'])}` },
    agent: { authorization: `Bearer ${agent}` },
    subject: { type: 'user', id: 'mia' },
    role: 'customer',
    assistant: 'desk',
  };
});
afterAll(() => world.close());

it.each(BOMBS.map((bomb) => [bomb.name, bomb] as const))('%s', async (_, bomb) => {
  for (const size of [4, 2, 1].map((part) => Math.ceil(bomb.size / part))) {
    const { code, said, heldMs } = await detonate(target, bomb, size);
    expect({ size, code, said }).toEqual({
      size,
      code: expect.stringMatching(/^(deny|BAD_USER_INPUT|HTTP 4\d\d)$/),
      said: expect.stringMatching(/\S/),
    });
    // By its bounds, not by the last resort.
    expect(said).not.toMatch(/to compile$/);
    expect(heldMs).toBeLessThan(HELD_MS_MAX);
  }
});

it('a schema deeper than any stack is a 4xx with its path', async () => {
  const schema = `${'{"not":'.repeat(100_000)}{}${'}'.repeat(100_000)}`;
  const edit = `{"kind":"tool","name":"deep","value":{"class":"read","justification":"too deep","schema":${schema}}}`;
  const query =
    'mutation ($tenant: String!, $edits: [JSON!]!) { publishPolicy(tenant: $tenant, edits: $edits, expectedRevision: 0, reason: "too deep") { revision } }';
  const response = await fetch(`${api.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...target.admin },
    body: `{"query":${JSON.stringify(query)},"variables":{"tenant":"${world.slug}","edits":[${edit}]}}`,
  });
  const text = await response.text();
  expect(text).toMatch(/nested deeper/);
  expect(text).toContain('edits/0/value/schema/not');
});

it('what was stored before there were bounds is answered, too', async () => {
  const tools = Object.fromEntries(
    BOMBS.filter(
      ({ name, schema, size }) => schema !== undefined && size <= 4_000 && !name.startsWith('nesting'),
    ).map(({ schema, size }, i) => [
      `bomb_${i}`,
      { class: 'write', justification: 'published long ago', schema: schema!(size) },
    ]),
  );
  const names = Object.keys(tools);
  expect(names.length).toBeGreaterThan(15);
  await world.publish({
    ...POLICY,
    tools: { ...POLICY.tools, ...(tools as PolicyDocument['tools']) },
    cells: [...POLICY.cells, ...names.map((tool) => ({ role: 'customer', tool, effect: 'allow' as const }))],
    assistants: { desk: { title: '', description: '', enabled: true, tools: names } },
  });
  for (const tool of names) {
    const { status, body } = await ask(api, agent, { tool, args: { q: 'shoes' } });
    expect([tool, status, body.context.reason]).toEqual([tool, 200, expect.any(String)]);
  }
});
