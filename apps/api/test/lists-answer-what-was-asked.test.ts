/** A list has what was asked for and an end: text is searched as it is written, the nearest are found before it is cut. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { UNKNOWN_NAME } from '@reeve/policy';
import { EDITS, REASON, startApp, type Credential, type TestApp } from './support/app.js';

let reeve: TestApp;
let owner: Credential;
let agent: Credential;

const QUOTA = {
  kind: 'quota',
  name: 'searches',
  value: { per: 'user', tool: 'search', limit: 20, windowSeconds: 3600 },
};
const SUBJECTS = [
  ['user', 'a_b'],
  ['user', 'axb'],
  ['user', '100%'],
  ['user', '1000'],
  ['user', 'back\\slash'],
  ['service', 'a_b'],
] as const;

beforeAll(async () => {
  reeve = await startApp();
  const tenant = await reeve.addTenant('alpha');
  await reeve.publish(tenant, [...EDITS, QUOTA] as typeof EDITS);
  owner = await reeve.addMember(tenant, 'owner@alpha.test', ['owner']);
  agent = await reeve.agentKey(tenant);
  for (const [type, id] of SUBJECTS)
    await ask(
      `mutation ($type: String!, $id: String!) { bindSubject(tenant: "alpha", type: $type, id: $id, roles: ["customer"], expectedVersion: 0, reason: "${REASON}") { id } }`,
      { type, id },
    );
});
afterAll(() => reeve.close());

async function ask(query: string, variables: object = {}) {
  const { data, errors } = await reeve.graphql(owner, query, variables);
  expect(errors).toEqual([]);
  return data!;
}
const calls = async (tool: string, subject: readonly [string, string], times = 1) => {
  for (let i = 0; i < times; i += 1) {
    const answer = await reeve.inject({
      method: 'POST',
      url: '/access/v1/evaluation',
      headers: { authorization: `Bearer ${agent.bearer}` },
      payload: {
        subject: { type: subject[0], id: subject[1] },
        action: { name: 'tools/call' },
        resource: { type: 'tool', id: tool, properties: { arguments: {} } },
        context: { agent: 'desk' },
      },
    });
    expect(answer.statusCode).toBe(200);
  }
};

it.each([
  ['a_b', ['service/a_b', 'user/a_b']],
  ['%', ['user/100%']],
  ['_', ['service/a_b', 'user/a_b']],
  ['\\', ['user/back\\slash']],
  ['A', ['service/a_b', 'user/a_b', 'user/axb', 'user/back\\slash']],
])('a search for %j finds the subjects that have it', async (search, found) => {
  const { subjects } = await ask(
    'query ($search: String) { subjects(tenant: "alpha", search: $search) { nodes { type id } totalCount } }',
    { search },
  );
  expect((subjects.nodes as { type: string; id: string }[]).map(({ type, id }) => `${type}/${id}`)).toEqual(
    found,
  );
  expect(subjects.totalCount).toBe(found.length);
});

it('a subject is a type and an id: another of the same id is not meant', async () => {
  await calls('search', ['user', 'a_b'], 2);
  await calls('search', ['service', 'a_b']);
  const count = async (type: string) =>
    (
      await ask(
        'query ($subject: SubjectName) { evaluations(tenant: "alpha", filter: { subject: $subject }) { totalCount } }',
        { subject: { type, id: 'a_b' } },
      )
    )['evaluations'].totalCount as number;
  expect([await count('user'), await count('service'), await count('nobody')]).toEqual([2, 1, 0]);
});

it('tools come a page at a time, most called first; names that agents made up are one line', async () => {
  for (let i = 0; i < 7; i += 1) await calls(`made_up_${i}`, ['user', 'axb'], i < 2 ? 2 : 1);
  await calls('refund', ['user', 'axb'], 3);
  const page = async (known: boolean | null, first: number, after: string | null = null) =>
    (
      await ask(
        `query ($known: Boolean, $first: Int, $after: String) {
          toolStats(tenant: "alpha", from: "2026-01-01T00:00:00Z", known: $known, first: $first, after: $after) {
            nodes { tool calls } endCursor hasNextPage } }`,
        { known, first, after },
      )
    )['toolStats'] as {
      nodes: { tool: string; calls: number }[];
      endCursor: string;
      hasNextPage: boolean;
    };
  const seen: { tool: string; calls: number }[] = [];
  for (let after: string | null = null, more = true; more;) {
    const { nodes, endCursor, hasNextPage } = await page(null, 2, after);
    expect(nodes.length).toBeLessThanOrEqual(2);
    seen.push(...nodes);
    after = endCursor;
    more = hasNextPage;
  }
  expect(new Set(seen.map(({ tool }) => tool)).size).toBe(3);
  expect(seen).toEqual(
    seen.toSorted((a, b) => b.calls - a.calls || (a.tool < b.tool ? -1 : a.tool > b.tool ? 1 : 0)),
  );
  expect((await page(true, 200)).nodes.map(({ tool }) => tool).toSorted()).toEqual(['refund', 'search']);
  const unknown = await page(false, 3);
  expect(unknown.hasNextPage).toBe(false);
  expect(unknown.nodes).toEqual([{ tool: UNKNOWN_NAME, calls: 9 }]);
});

it('whoever is nearest to a limit is first, however long ago they came', async () => {
  await calls('search', ['user', '100%'], 5);
  await calls('search', ['user', '1000']);
  const { quotaUse } = await ask('{ quotaUse(tenant: "alpha", first: 1) { holder used } }');
  expect(quotaUse).toEqual([{ holder: 'user/100%', used: 5 }]);
  const { quotaUse: all } = await ask('{ quotaUse(tenant: "alpha") { used } }');
  expect((all as { used: number }[]).map(({ used }) => used)).toEqual([5, 2, 1, 1]);
});

it('a key speaks for assistants there are', async () => {
  const create = (assistants: string[]) =>
    reeve.graphql(
      owner,
      `mutation ($assistants: [String!]) { createApiKey(tenant: "alpha", name: "desk", kind: agent, assistants: $assistants, reason: "${REASON}") { secret } }`,
      { assistants },
    );
  const refused = await create(['desk', 'dessk', 'Desk']);
  expect(refused.code).toBe('BAD_USER_INPUT');
  expect(refused.errors[0]!.extensions['errors']).toMatchObject([
    { path: 'assistants/1' },
    { path: 'assistants/2' },
  ]);
  expect((await create(['desk'])).code).toBeUndefined();
});
