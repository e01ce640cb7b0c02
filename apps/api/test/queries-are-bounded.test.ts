/** A query is refused for what it may cost before it runs, and errors say what a client needs and nothing else. */
import { getIntrospectionQuery } from 'graphql';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { LARGE_QUERIES_MAX } from '../src/auth/query-turns.service.js';
import { startApp, type Credential, type GraphQLAnswer, type TestApp } from './support/app.js';

let open: TestApp;
let closed: TestApp;
let who: Credential;

beforeAll(async () => {
  open = await startApp();
  closed = await startApp({ REEVE_ENV: 'production', REEVE_PUBLIC_URL: 'https://reeve.example' });
  who = await open.addMember(await open.addTenant('alpha'), 'viewer@alpha.test', ['viewer']);
});
afterAll(() => Promise.all([open.close(), closed.close()]));

const nested = (depth: number) =>
  `{ __schema { types { fields { type { ${'ofType { '.repeat(depth)} name ${'} '.repeat(depth)} } } } } }`;

describe('depth', () => {
  it('is bounded, through fragments too', async () => {
    expect((await open.graphql(who, nested(30))).code).toBe('GRAPHQL_VALIDATION_FAILED');
    const fragments = `{ __schema { types { fields { type { ...a } } } } }
      fragment a on __Type { ofType { ofType { ofType { ofType { ...b } } } } }
      fragment b on __Type { ofType { ofType { ofType { ofType { ofType { ofType { ofType { ofType { name } } } } } } } } }`;
    expect((await open.graphql(who, fragments)).code).toBe('GRAPHQL_VALIDATION_FAILED');
  });
});

describe('cost', () => {
  const page = (first: number, name = 'e') =>
    `${name}: evaluations(tenant: "alpha", first: ${first}) { nodes { id tool trail { stage effect reason } outcome { id status } } }`;

  it('lets what the console asks', async () => {
    expect((await open.graphql(who, `{ ${page(200)} }`)).code).toBeUndefined();
  });

  it('counts rows that may come, and every alias', async () => {
    const many = Array.from({ length: 20 }, (_, i) => page(200, `e${i}`)).join(' ');
    const refused = await open.graphql(who, `{ ${many} }`);
    expect(refused.code).toBe('TOO_COMPLEX');
    expect(refused.status).toBe(400);
    expect(refused.errors[0]!.extensions['details']).toMatchObject({ limit: 20_000 });
  });

  it('counts the variables that are sent, not the defaults', async () => {
    const query = `query ($n: Int = 1) { ${Array.from({ length: 20 }, (_, i) => `e${i}: evaluations(tenant: "alpha", first: $n) { nodes { id tool trail { stage effect reason } } }`).join(' ')} }`;
    expect((await open.graphql(who, query)).code).toBeUndefined();
    expect((await open.graphql(who, query, { n: 200 })).code).toBe('TOO_COMPLEX');
  });

  it('bounds a page', async () => {
    expect(
      (await open.graphql(who, '{ evaluations(tenant: "alpha", first: 201) { totalCount } }')).code,
    ).toBe('BAD_USER_INPUT');
    expect((await open.graphql(who, '{ evaluations(tenant: "alpha", first: 0) { totalCount } }')).code).toBe(
      'BAD_USER_INPUT',
    );
  });

  const aliased = (count: number, field: (i: number) => string) =>
    Array.from({ length: count }, (_, i) => `a${i}: ${field(i)}`).join(' ');

  it('prices a policy by what it weighs, by whatever name it is asked for', async () => {
    const documents = (count: number) =>
      `{ ${aliased(count, () => 'policy(tenant: "alpha") { document }')} }`;
    expect((await open.graphql(who, documents(2))).code).toBeUndefined();
    for (const query of [
      documents(3),
      documents(40),
      `{ ${aliased(5, () => 'policy(tenant: "alpha") { revision }')} }`,
      `{ ${aliased(3, () => 'policyDiff(tenant: "alpha", from: 0, to: 0) { name }')} }`,
      `{ ${aliased(3, () => 'policyReview(tenant: "alpha", toRevision: 0) { ended { name } }')} }`,
    ])
      expect((await open.graphql(who, query)).code, query).toBe('TOO_COMPLEX');
  });

  it('answers what holds policies one at a time, in turn, and a few may wait', async () => {
    const query = '{ policy(tenant: "alpha") { revision } }';
    const holder = new pg.Client(open.database.url);
    await holder.connect();
    await holder.query('BEGIN; LOCK TABLE policy_revision IN ACCESS EXCLUSIVE MODE');
    const fits = LARGE_QUERIES_MAX;
    const more = 4;
    const answers: GraphQLAnswer[] = [];
    const flood = Array.from({ length: fits + more }, async () => {
      answers.push(await open.graphql(who, query));
    });
    await vi.waitFor(() => expect(answers).toHaveLength(more));
    expect(answers).toMatchObject(
      Array.from({ length: more }, () => ({ code: 'RATE_LIMITED', status: 429 })),
    );
    // What is small is answered meanwhile.
    expect((await open.graphql(who, '{ tenants { slug } }')).code).toBeUndefined();
    await holder.end();
    await Promise.all(flood);
    expect(answers.filter(({ code }) => code === undefined)).toHaveLength(fits);
  });

  it('prices arguments of many questions, which may be a body each', async () => {
    const rows = (first: number) =>
      `{ evaluations(tenant: "alpha", first: ${first}) { nodes { arguments } } }`;
    expect((await open.graphql(who, rows(50))).code).toBeUndefined();
    expect((await open.graphql(who, rows(200))).code).toBe('TOO_COMPLEX');
  });

  it('prices JSON that is sent by its bytes, each time it is used', async () => {
    const review = (count: number) =>
      `query ($edits: [JSON!]) { ${aliased(count, () => 'policyReview(tenant: "alpha", edits: $edits) { ended { name } }')} }`;
    const edits = (bytes: number) => ({
      edits: [{ kind: 'role', name: 'r', value: { description: 'x'.repeat(bytes) } }],
    });
    expect((await open.graphql(who, review(2), edits(100))).code).toBeUndefined();
    expect((await open.graphql(who, review(1), edits(900_000))).code).not.toBe('TOO_COMPLEX');
    expect((await open.graphql(who, review(2), edits(300_000))).code).toBe('TOO_COMPLEX');
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const answer = await open.inject({
      method: 'POST',
      url: '/graphql',
      headers: { cookie: who.cookie!, 'content-type': 'application/json' },
      payload: `{"query":${JSON.stringify(review(1))},"variables":{"edits":[${deep}]}}`,
    });
    // Deeper than anything can be weighed: refused for that, with its path.
    expect(answer.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  });

  it('prices a change, which takes a place in the order', async () => {
    const refused = await open.graphql(
      who,
      `mutation { ${aliased(40, () => `revokeApiKey(tenant: "alpha", id: "x", expectedVersion: 1, reason: "because a test says so") { id }`)} }`,
    );
    expect(refused.code).toBe('TOO_COMPLEX');
  });

  it('takes no batches', async () => {
    const answer = await open.inject({
      method: 'POST',
      url: '/graphql',
      payload: [{ query: '{ tenants { slug } }' }],
    });
    expect(answer.json<{ data: unknown }>().data).toBeNull();
  });
});

describe('introspection', () => {
  it('is told to whoever is signed in, and to nobody else, by whatever name', async () => {
    for (const query of [
      getIntrospectionQuery(),
      '{ __schema { queryType { name } } }',
      '{ a: __type(name: "Query") { name } }',
      'query { ...f } fragment f on Query { __schema { types { name } } }',
      '{ __typename ... on Query { ... { __type(name: "Tenant") { fields { name } } } } }',
    ]) {
      const stranger = await open.graphql({}, query);
      expect(stranger.code, query).toBe('UNAUTHENTICATED');
      expect(stranger.data).toBeNull();
      expect((await open.graphql(who, query)).code, query).toBeUndefined();
    }
    const agent = await open.agentKey(await open.addTenant('beta'));
    expect((await open.graphql(agent, '{ __schema { queryType { name } } }')).code).toBe('UNAUTHENTICATED');
  });
});

describe('in production', () => {
  it('there is no introspection and no playground', async () => {
    const answer = await closed.graphql({}, getIntrospectionQuery());
    expect(answer.code).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(answer.data).toBeNull();
    for (const url of ['/graphiql', '/playground', '/altair'])
      expect((await closed.inject({ method: 'GET', url })).statusCode, url).toBe(404);
  });

  it('cookies are Secure and transport is strict', async () => {
    await closed.addTenant('alpha');
    const { headers } = await closed.inject({ method: 'GET', url: '/healthz' });
    expect(headers['strict-transport-security']).toMatch(/max-age/);
  });
});

describe('errors', () => {
  it('carry a code, the request’s id and the place', async () => {
    const answer = await open.inject({
      method: 'POST',
      url: '/graphql',
      headers: { cookie: who.cookie!, 'x-request-id': 'a-request' },
      payload: { query: '{ evaluation(tenant: "alpha", id: "nonsense") { id } }' },
    });
    expect(answer.json<{ errors: unknown[] }>().errors).toMatchObject([
      {
        path: ['evaluation'],
        extensions: { code: 'BAD_USER_INPUT', requestId: 'a-request', errors: [{ path: 'id' }] },
      },
    ]);
  });

  it('tell wrong variables from a wrong query', async () => {
    const query = 'query ($first: Int!) { evaluations(tenant: "alpha", first: $first) { totalCount } }';
    expect((await open.graphql(who, query, { first: 'many' })).code).toBe('BAD_USER_INPUT');
    expect((await open.graphql(who, '{ evaluations { nope } }')).code).toBe('GRAPHQL_VALIDATION_FAILED');
    expect((await open.graphql(who, '{ evaluations(')).code).toBe('GRAPHQL_VALIDATION_FAILED');
    expect((await open.graphql(who, '{ toolStats(tenant: "alpha", from: "yesterday") { tool } }')).code).toBe(
      'GRAPHQL_VALIDATION_FAILED',
    );
  });
});
