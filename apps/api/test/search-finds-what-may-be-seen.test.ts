/** Any object is found by its name, best match first; nobody finds what they may not see, or another tenant's. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AdminRole } from '@reeve/policy';
import { ask, graphql } from './support/agent.js';
import { createWorld, POLICY, type Api, type World } from './support/world.js';

let world: World;
let other: World;
let api: Api;
let evaluation: string;
const keys = new Map<AdminRole, string>();
const names = ['flight', 'flight_search', 'search_flight', 'inflight', '100%_sure', 'tool_2', 'tool_10'];

beforeAll(async () => {
  const tool = POLICY.tools['search']!;
  const tools = { ...POLICY.tools, ...Object.fromEntries(names.map((name) => [name, tool])) };
  const quotas = { flights_a_day: { per: 'user', tool: 'flight', limit: 3, windowSeconds: 86_400 } } as const;
  world = await createWorld({ ...POLICY, tools, quotas });
  api = await world.api();
  for (const role of ['owner', 'viewer'] as const) keys.set(role, await world.managementKey([role]));
  await world.bind('Flight.Person@example.com', ['customer']);
  const agent = await world.agentKey(['desk']);
  const answer = await ask(api, agent.secret, { context: { run_id: 'run-flight-0001' } });
  evaluation = answer.body.context.evaluation_id;
  other = await createWorld();
});
afterAll(() => Promise.all([world.close(), other.close()]));

interface Hit {
  readonly kind: string;
  readonly id: string;
  readonly name: string;
}
async function search(text: string, role: AdminRole = 'owner', first = 50): Promise<Hit[]> {
  const query = `query ($text: String!, $first: Int!) {
    search(tenant: "${world.slug}", text: $text, first: $first) { kind id name } }`;
  const data = await graphql<{ search: Hit[] }>(api, keys.get(role)!, query, { text, first });
  return data.search;
}
const found = async (text: string, role?: AdminRole) =>
  (await search(text, role)).map(({ kind, id }) => `${kind} ${id}`);

it('ranks what is named so, then begins so, then has a word so, then contains it', async () => {
  const tools = (await search('flight')).filter(({ kind }) => kind === 'tool').map(({ name }) => name);
  expect(tools).toEqual(['flight', 'flight_search', 'search_flight', 'inflight']);
});

it.each([
  ['refund', 'tool refund'],
  ['clerk', 'role clerk'],
  ['desk', 'assistant desk'],
  ['flights_a', 'quota flights_a_day'],
  ['small refunds', 'guardrail small_refunds'],
  ['management', 'api_key '],
  ['Flight.Per', 'subject Flight.Person@example.com'],
  ['person@example', 'subject Flight.Person@example.com'],
  ['run-flight', 'run run-flight-0001'],
  ['v1', 'revision 1'],
  ['1', 'revision 1'],
])('%s finds %s', async (text, hit) => {
  expect((await found(text)).some((each) => each.startsWith(hit))).toBe(true);
});

it('finds an evaluation by its id, whole or begun', async () => {
  expect(await found(evaluation)).toEqual([`evaluation ${evaluation}`]);
  expect(await found(evaluation.slice(0, 13))).toContain(`evaluation ${evaluation}`);
});

it('takes a text as it is: nothing in it is a pattern', async () => {
  expect(await found('100%')).toEqual(['tool 100%_sure']);
  expect(await found('%')).toEqual(['tool 100%_sure']);
  expect(await found("'; DROP TABLE subject; --")).toEqual([]);
  expect(await found('\\')).toEqual([]);
});

it('finds nothing for whom it is not', async () => {
  expect(await found('flight', 'viewer')).toContain('tool flight');
  for (const text of ['Flight.Per', 'run-flight', 'management'])
    expect(await found(text, 'viewer')).toEqual([]);
  const query = `{ search(tenant: "${other.slug}", text: "refund") { id } }`;
  await expect(graphql(api, keys.get('owner')!, query)).rejects.toThrow('NOT_FOUND');
});

it('is bounded', async () => {
  expect(await search('l', 'owner', 2)).toHaveLength(2);
  await expect(search('l', 'owner', 51)).rejects.toThrow();
});
