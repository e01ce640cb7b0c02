/** Nothing that a viewer can ask for names a subject, a run, a thread or an argument: a walk over every query. */
import { readFileSync } from 'node:fs';
import {
  buildSchema,
  getNamedType,
  isCompositeType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLOutputType,
} from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask, graphql } from './support/agent.js';
import { createWorld, POLICY, type Api, type World } from './support/world.js';

const schema = buildSchema(readFileSync(new URL('../src/schema.graphql', import.meta.url), 'utf8'));
const PERSONAL = ['eve.person@example.com', 'run-of-eve', 'thread-of-eve', 'a very private thing'];

let world: World;
let api: Api;
let viewer: string;
let owner: string;
let evaluationId: string;
beforeAll(async () => {
  const quotas = { searches: { per: 'user', tool: 'search', limit: 1, windowSeconds: 3600 } } as const;
  world = await createWorld({ ...POLICY, quotas });
  api = await world.api();
  await world.bind('eve.person@example.com', ['customer']);
  viewer = await world.managementKey(['viewer']);
  owner = await world.managementKey(['owner']);
  const agent = await world.agentKey(['desk']);
  const about = {
    subject: 'eve.person@example.com',
    args: { q: 'a very private thing' },
    context: { run_id: 'run-of-eve', thread_id: 'thread-of-eve' },
  };
  const answer = await ask(api, agent.secret, about);
  evaluationId = answer.body.context.evaluation_id;
  await ask(api, agent.secret, about); // denied by the quota, whose detail tells of it
});
afterAll(() => world.close());

/** What each argument that is demanded is given; a query that demands another fails this test until it is named. */
const given = (): Record<string, string> => ({
  tenant: JSON.stringify(world.slug),
  id: JSON.stringify(evaluationId),
  from: '"2000-01-01T00:00:00Z"',
  to: '"2000-06-01T00:00:00Z"',
  text: '"eve.person"',
  scope: 'tenant',
  mode: 'stopped',
});
const perQuery: Record<string, Record<string, () => string>> = {
  overview: {
    from: () => JSON.stringify(new Date(Date.now() - 3_600_000).toISOString()),
    to: () => JSON.stringify(new Date(Date.now() + 60_000).toISOString()),
  },
  toolStats: { from: () => JSON.stringify(new Date(Date.now() - 3_600_000).toISOString()) },
  subjectImportPreview: { format: () => '"csv"', text: () => '"id,plan\\neve.person,gold"' },
  policyDiff: { from: () => '0', to: () => '1' },
  latency: { of: () => 'node' },
  spend: { by: () => '[model]' },
};

function selection(type: GraphQLOutputType, depth = 0): string {
  const named = getNamedType(type);
  if (!isCompositeType(named)) return '';
  if (!isObjectType(named) || depth > 5) return '{ __typename }';
  const fields = Object.values(named.getFields())
    .filter((field) => field.args.every((arg) => !isNonNullType(arg.type)))
    .map((field) => `${field.name} ${selection(field.type, depth + 1)}`);
  return `{ ${fields.join(' ')} }`;
}

function queryOf(field: GraphQLField<unknown, unknown>, seq: string): string {
  const args = field.args
    .filter((arg) => isNonNullType(arg.type) && arg.defaultValue === undefined)
    .map(({ name }) => {
      const value =
        name === 'seq' ? JSON.stringify(seq) : (perQuery[field.name]?.[name]?.() ?? given()[name]);
      if (value === undefined) throw new Error(`say what ${field.name} is given as ${name}`);
      return `${name}: ${value}`;
    });
  return `{ ${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''} ${selection(field.type)} }`;
}

const answerTo = (query: string, key: string) =>
  graphql<object>(api, key, query).then(
    (data) => JSON.stringify(data),
    (error: Error) => error.message,
  );

it('nothing that can be asked for names them', async () => {
  const { ledgerHead } = await graphql<{ ledgerHead: { seq: string } }>(
    api,
    viewer,
    `{ ledgerHead(tenant: "${world.slug}") { seq } }`,
  );
  let answered = 0;
  let named = 0;
  for (const field of Object.values(schema.getQueryType()!.getFields()))
    for (let seq = 1; seq <= (field.name === 'auditRecord' ? Number(ledgerHead.seq) : 1); seq++) {
      const query = queryOf(field, String(seq));
      const seen = await answerTo(query, viewer);
      for (const personal of PERSONAL) expect(seen, query).not.toContain(personal);
      if (!seen.includes('"errors"')) answered += 1;
      const full = await answerTo(query, owner);
      if (PERSONAL.some((personal) => full.includes(personal))) named += 1;
    }
  // The walk would see them: whoever may read evidence does.
  expect(answered).toBeGreaterThan(12);
  expect(named).toBeGreaterThan(3);
});

it('what is not shown can’t be asked for either', async () => {
  const count = async (filter: string) =>
    (
      await graphql<{ evaluations: { totalCount: number } }>(
        api,
        viewer,
        `{ evaluations(tenant: "${world.slug}", filter: ${filter}) { totalCount } }`,
      )
    ).evaluations.totalCount;
  expect(await count('{ subject: { type: "user", id: "eve.person@example.com" } }')).toBe(0);
  expect(await count('{ runId: "run-of-eve" }')).toBe(0);
  expect(await count('{}')).toBe(2);
});
