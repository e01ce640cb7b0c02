/** The evaluation endpoints as the text of AuthZEN 1.0 has them, with Reeve's members inside `context` only. */
import type { webcrypto } from 'node:crypto';
import type { EvaluationAnswer, EvaluationsAnswer } from '@reeve/policy';
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
type Boxcar = EvaluationsAnswer;

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

  it.each([
    ['a UUID', 'bfe9eb29-ab87-4ca3-be83-a1d5d8305716'],
    ['any string', 'run 7 / step 3; "try" #2'],
    ['bytes of UTF-8', Buffer.from('völlig gültig').toString('latin1')],
    ['a long one', 'x'.repeat(1024)],
  ])('answers with the request’s own X-Request-ID, errors too: %s', async (_, id) => {
    const headers = { 'x-request-id': id };
    const answers = [
      await post(api, '/access/v1/evaluation', key, question(), headers),
      await post(api, '/access/v1/evaluations', key, { evaluations: [{}] }, headers),
      await post(api, '/access/v1/evaluation', key, '{', headers),
      await post(api, '/access/v1/evaluation', 'nobody', question(), headers),
      await post(api, '/access/v1/elsewhere', key, question(), headers),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 400, 401, 404]);
    for (const answer of answers) expect(answer.headers.get('x-request-id')).toBe(id);
  });

  it.each([
    ['longer than one can be', 'x'.repeat(1025)],
    ['with a control character', 'a\tb'],
  ])('refuses an X-Request-ID that it could not answer with: %s', async (_, id) => {
    const headers = { 'x-request-id': id };
    const answer = await post<Problem>(api, '/access/v1/evaluation', key, question(), headers);
    expect([answer.status, answer.body.detail]).toEqual([400, expect.stringContaining('X-Request-ID')]);
  });

  it.each(['GET', 'PUT', 'DELETE', 'PATCH'])(
    '%s is not allowed, and what is stands in Allow',
    async (method) => {
      for (const path of ['/access/v1/evaluation', '/access/v1/evaluations']) {
        const answer = await fetch(api.url + path, { method, headers: { authorization: `Bearer ${key}` } });
        expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
      }
    },
  );

  it('takes JSON by its content type, whatever parameters it has, and nothing else', async () => {
    const sent = async (type: string) =>
      post<Problem>(api, '/access/v1/evaluation', key, question(), { 'content-type': type });
    expect((await sent('application/json; charset=utf-8')).status).toBe(200);
    expect((await sent('Application/JSON')).status).toBe(200);
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/jsonish',
      'nonsense',
    ]) {
      const { status, body } = await sent(type);
      expect([type, status, body.detail]).toEqual([type, 400, 'Send application/json.']);
    }
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
  it('a question that cannot be read is its own no, with its error; the others are answered', async () => {
    const { subject, action, resource } = question();
    const body = {
      ...mixed(),
      evaluations: [
        { resource },
        { resource: { type: 'tool' } },
        'search',
        { subject: 'mia', action, resource },
        { resource, subject, context: { runid: 1 } },
      ],
    };
    const answer = await post<Boxcar>(api, '/access/v1/evaluations', key, body);
    expect(answer.status).toBe(200);
    const { evaluations } = answer.body;
    expect(evaluations.map(({ decision }) => decision)).toEqual([true, false, false, false, true]);
    expect(
      evaluations.map(({ context }) => ('error' in context ? context.error.errors[0]!.path : null)),
    ).toEqual([null, '/evaluations/1/resource/id', '/evaluations/2', '/evaluations/3/subject', null]);
    expect(evaluations[1]!.context).toMatchObject({ reason: 'bad_request', error: { status: 400 } });
    expect(evaluations[4]!.context).toMatchObject({ ignored: ['/evaluations/4/context/runid'] });
  });
  it.each([
    ['deny_on_first_deny', [true, false]],
    ['permit_on_first_permit', [true]],
  ])('%s counts one that cannot be read as a no', async (semantic, want) => {
    const { resource } = question();
    const body = { ...mixed(semantic), evaluations: [{ resource }, { resource: 1 }, { resource }] };
    const { body: answer } = await post<Boxcar>(api, '/access/v1/evaluations', key, body);
    expect(answer.evaluations.map(({ decision }) => decision)).toEqual(want);
  });
  it('a lone question that lacks its subject is answered, and leaves no record', async () => {
    const { action, resource } = question();
    const before = await world.rows<{ count: string }>('SELECT count(*) FROM audit_record');
    const { status, body } = await post<Boxcar>(api, '/access/v1/evaluations', key, {
      evaluations: [{ action, resource }],
    });
    expect([status, body.evaluations.map(({ decision }) => decision)]).toEqual([200, [false]]);
    expect(await world.rows('SELECT count(*) FROM audit_record')).toEqual(before);
  });
  it.each([
    ['a default that is none', { ...mixed(), subject: 'mia' }, '/subject'],
    ['questions that are no list', { ...mixed(), evaluations: {} }, '/evaluations'],
    ['a list', [question()], ''],
  ])('%s is a 400 for all', async (_, body, path) => {
    const answer = await post<Problem>(api, '/access/v1/evaluations', key, body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors.map((each) => each.path)).toContain(path);
  });
  it('only what was executed has a record', async () => {
    const { body } = await post<Boxcar>(api, '/access/v1/evaluations', key, mixed('deny_on_first_deny'));
    const ids = (body.evaluations as EvaluationAnswer[]).map(({ context }) => context.evaluation_id);
    const rows = await world.rows<{ seq: string }>(
      `SELECT seq FROM audit_record WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) ORDER BY seq`,
      [world.tenantId, ids],
    );
    expect(rows).toHaveLength(2);
    expect(Number(rows[1]!.seq) - Number(rows[0]!.seq)).toBe(1);
  });
});

it('the metadata names the endpoints that are there', async () => {
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

describe('the metadata', () => {
  const read = async (path: string) => {
    const answer = await fetch(api.url + path);
    return { status: answer.status, body: (await answer.json()) as Record<string, string> };
  };

  it('has a form for each tenant, and tells nobody which there are', async () => {
    const plain = (await read('/.well-known/authzen-configuration')).body;
    for (const tenant of ['nobody-here', 'airline']) {
      const { status, body } = await read(`/.well-known/authzen-configuration/${tenant}`);
      expect(status).toBe(200);
      expect(body).toMatchObject({
        policy_decision_point: `${api.url}/${tenant}`,
        access_evaluation_endpoint: plain['access_evaluation_endpoint'],
      });
    }
    for (const name of ['a%2Fb', '%20', 'x'.repeat(64), '..%2F'])
      expect((await read(`/.well-known/authzen-configuration/${name}`)).status).toBe(404);
  });

  it('is signed by a published key, says the same inside, and is not nested', async () => {
    for (const path of ['', '/airline']) {
      const { body } = await read(`/.well-known/authzen-configuration${path}`);
      const { signed_metadata: jwt, ...plain } = body;
      const [header, claims, signature] = jwt!.split('.') as [string, string, string];
      const { kid, alg } = JSON.parse(Buffer.from(header, 'base64url').toString()) as Record<string, string>;
      const keys = (await (await fetch(plain['jwks_uri']!)).json()) as { keys: webcrypto.JsonWebKey[] };
      const jwk = keys.keys.find((key) => (key as { kid?: string }).kid === kid)!;
      const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
      const { subtle } = globalThis.crypto;
      const key = await subtle.importKey('jwk', jwk, algorithm, false, ['verify']);
      const bytes = Buffer.from(signature, 'base64url');
      expect(alg).toBe('ES256');
      expect(await subtle.verify(algorithm, key, bytes, Buffer.from(`${header}.${claims}`))).toBe(true);
      const { iss, iat, exp, ...signed } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<
        string,
        unknown
      >;
      expect(signed).toEqual(plain);
      expect(iss).toBe(plain['policy_decision_point']);
      expect(Number(exp)).toBeGreaterThan(Number(iat));
      expect(JSON.stringify(keys)).not.toContain('"d"');
    }
  });
});
