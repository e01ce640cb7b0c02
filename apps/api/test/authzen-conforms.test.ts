/** The evaluation endpoints as the text of AuthZEN 1.0 has them, with Reeve's members inside `context` only. */
import type { EvaluationAnswer } from '@reeve/policy';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, post, question } from './support/agent.js';
import { createWorld, type Api, type World } from './support/world.js';

let world: World;
let api: Api;
let key: string;

beforeAll(async () => {
  world = await createWorld();
  key = (await world.agentKey(['desk'])).secret;
  api = await world.api();
});
afterAll(() => world.close());

interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly request_id: string;
  readonly errors: { path: string; message: string }[];
}
type Boxcar = { evaluations: EvaluationAnswer[] };

describe('one evaluation', () => {
  it('answers 200 with a decision; a denial is an answer too', async () => {
    const yes = await ask(api, key);
    expect(yes.status).toBe(200);
    expect(yes.body).toMatchObject({
      decision: true,
      context: { effect: 'allow', reason: 'allowed', mode: 'normal', obligations: [] },
    });
    const no = await ask(api, key, { tool: 'refund', args: { order: 'o1', amount: 5 } });
    expect(no.status).toBe(200);
    expect(no.body).toMatchObject({ decision: false, context: { effect: 'deny', reason: 'no_grant' } });
  });

  it('a bare request of the standard is enough for a key that speaks for one assistant', async () => {
    const { context: _, ...bare } = question();
    expect((await post<EvaluationAnswer>(api, '/access/v1/evaluation', key, bare)).body.decision).toBe(true);
  });

  it('echoes X-Request-ID', async () => {
    const { headers } = await post(api, '/access/v1/evaluation', key, question(), {
      'x-request-id': 'abc-123',
    });
    expect(headers.get('x-request-id')).toBe('abc-123');
  });

  it('ignores unknown members and names them', async () => {
    const body = { ...question(), colour: 'red', context: { agent: 'desk', runid: 'x' } };
    const { status, body: answer } = await post<EvaluationAnswer>(api, '/access/v1/evaluation', key, body);
    expect(status).toBe(200);
    expect(answer.context.ignored).toEqual(expect.arrayContaining(['/colour', '/context/runid']));
  });

  it.each([
    ['no subject', ({ subject: _, ...rest }: ReturnType<typeof question>) => rest, '/subject'],
    [
      'an id that is a number',
      (q: ReturnType<typeof question>) => ({ ...q, subject: { type: 'user', id: 7 } }),
      '/subject/id',
    ],
    ['an empty action', (q: ReturnType<typeof question>) => ({ ...q, action: {} }), '/action/name'],
    [
      'a resource that is a string',
      (q: ReturnType<typeof question>) => ({ ...q, resource: 'search' }),
      '/resource',
    ],
    ['a context that is a list', (q: ReturnType<typeof question>) => ({ ...q, context: [] }), '/context'],
    [
      'NUL in an id',
      (q: ReturnType<typeof question>) => ({ ...q, subject: { type: 'user', id: 'a\0b' } }),
      '/subject/id',
    ],
  ])('%s is a 400 problem with the path', async (_, mutate, path) => {
    const { status, headers, body } = await post<Problem>(
      api,
      '/access/v1/evaluation',
      key,
      mutate(question()),
    );
    expect(status).toBe(400);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(body).toMatchObject({
      status: 400,
      errors: expect.arrayContaining([expect.objectContaining({ path })]),
    });
    expect(JSON.stringify(body)).not.toMatch(/at .*\.(ts|js):/);
  });

  it('a body that is not JSON is 400, one over 1 MB is 413, none at all is 400', async () => {
    expect((await post(api, '/access/v1/evaluation', key, '{"subject":')).status).toBe(400);
    expect(
      (await post(api, '/access/v1/evaluation', key, JSON.stringify({ pad: 'x'.repeat(1_100_000) }))).status,
    ).toBe(413);
    expect((await post(api, '/access/v1/evaluation', key, '')).status).toBe(400);
  });

  it.each(['', 'nonsense', 'rvk_agent_AAAAAAAAAAAAAAAAAAAAAA_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'])(
    'the credential %j is a 401',
    async (secret) => {
      expect((await post<Problem>(api, '/access/v1/evaluation', secret, question())).status).toBe(401);
    },
  );

  it('a management key asks nothing, an agent key administers nothing', async () => {
    const management = await world.managementKey(['owner']);
    expect((await post(api, '/access/v1/evaluation', management, question())).status).toBe(401);
    const { body } = await post<{ errors: { extensions: { code: string } }[] }>(api, '/graphql', key, {
      query: '{ session { serverTime } }',
    });
    expect(body.errors[0]!.extensions.code).toBe('UNAUTHENTICATED');
  });
});

describe('several evaluations', () => {
  const mixed = (semantic?: string) => ({
    subject: { type: 'user', id: 'mia' },
    action: { name: 'tools/call' },
    context: { agent: 'desk' },
    evaluations: [
      { resource: { type: 'tool', id: 'search', properties: { arguments: { q: '1' } } } },
      { resource: { type: 'tool', id: 'refund', properties: { arguments: { order: 'o', amount: 1 } } } },
      { resource: { type: 'tool', id: 'search', properties: { arguments: { q: '3' } } } },
    ],
    ...(semantic === undefined ? {} : { options: { evaluations_semantic: semantic } }),
  });
  const decisions = async (semantic?: string) => {
    const { status, body } = await post<Boxcar>(api, '/access/v1/evaluations', key, mixed(semantic));
    expect(status).toBe(200);
    return body.evaluations.map(({ decision }) => decision);
  };

  it('execute_all answers each, in order, and is the default', async () => {
    expect(await decisions()).toEqual([true, false, true]);
    expect(await decisions('execute_all')).toEqual([true, false, true]);
  });
  it('deny_on_first_deny stops at the first denial', async () => {
    expect(await decisions('deny_on_first_deny')).toEqual([true, false]);
  });
  it('permit_on_first_permit stops at the first permit', async () => {
    expect(await decisions('permit_on_first_permit')).toEqual([true]);
  });
  it('an unknown semantic is a 400', async () => {
    expect((await post(api, '/access/v1/evaluations', key, mixed('sometimes'))).status).toBe(400);
  });
  it('a member of its own takes the place of the default', async () => {
    const body = {
      ...mixed(),
      evaluations: [
        { subject: { type: 'user', id: 'stranger' }, resource: mixed().evaluations[0]!.resource },
      ],
    };
    const answer = await post<Boxcar>(api, '/access/v1/evaluations', key, body);
    expect(answer.body.evaluations[0]!.context.reason).toBe('unknown_subject');
  });
  it('without evaluations it is the single evaluation', async () => {
    const { body } = await post<EvaluationAnswer>(api, '/access/v1/evaluations', key, question());
    expect(body.decision).toBe(true);
  });
  it('a question that lacks a member is a 400 with its place', async () => {
    const { status, body } = await post<Problem>(api, '/access/v1/evaluations', key, {
      evaluations: [{ ...question() }, { subject: { type: 'user', id: 'mia' } }],
    });
    expect(status).toBe(400);
    expect(body.errors.map(({ path }) => path)).toEqual(['/evaluations/1/action', '/evaluations/1/resource']);
  });
  it('only what was executed has a record', async () => {
    const { body } = await post<Boxcar>(api, '/access/v1/evaluations', key, mixed('deny_on_first_deny'));
    const ids = body.evaluations.map(({ context }) => context.evaluation_id);
    const rows = await world.rows<{ seq: string }>(
      `SELECT seq FROM audit_record WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) ORDER BY seq`,
      [world.tenantId, ids],
    );
    expect(rows).toHaveLength(2);
    expect(Number(rows[1]!.seq) - Number(rows[0]!.seq)).toBe(1);
  });
});

it('the metadata document names the endpoints that are there', async () => {
  const metadata = (await (await fetch(`${api.url}/.well-known/authzen-configuration`)).json()) as Record<
    string,
    string
  >;
  expect(metadata['policy_decision_point']).toBe(api.url);
  for (const member of ['access_evaluation_endpoint', 'access_evaluations_endpoint']) {
    const answer = await fetch(metadata[member]!, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(answer.status).toBe(401);
  }
});
