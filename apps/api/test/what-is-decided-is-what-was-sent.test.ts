/**
 * A body means one thing: what can't be decided, committed to and compared exactly as it was sent is refused at the door
 * with its path, wherever it stands. The questions that arrive with it are answered.
 */
import { canonical } from '@reeve/audit';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, post, question } from './support/agent.js';
import { verifyChain } from './support/chain.js';
import { createWorld, POLICY, type Api, type World } from './support/world.js';

let world: World;
let api: Api;
let key: string;

beforeAll(async () => {
  world = await createWorld({
    ...POLICY,
    tools: { ...POLICY.tools, search: { ...POLICY.tools['search']!, schema: { type: 'object' } } },
  });
  key = (await world.agentKey(['desk'])).secret;
  api = await world.api();
});
afterAll(() => world.close());

interface Problem {
  readonly errors: readonly { path: string }[];
}
/** The question with `"HERE"` somewhere in it, and that replaced by a text of JSON. */
const sent = (body: unknown, text: string) => JSON.stringify(body).replace('"HERE"', () => text);
const { subject, action, resource, context } = question();
const places = [
  ['/resource/properties/arguments/x', { ...question({ args: { x: 'HERE' } }) }],
  ['/resource/properties/arguments', { ...question({ args: 'HERE' }) }],
  [
    '/resource/properties/other/0',
    { ...question(), resource: { ...resource, properties: { other: ['HERE'] } } },
  ],
  ['/subject/properties/age', { ...question(), subject: { ...subject, properties: { age: 'HERE' } } }],
  ['/action/properties/n', { ...question(), action: { ...action, properties: { n: 'HERE' } } }],
  ['/context/amount', { ...question(), context: { ...context, amount: 'HERE' } }],
  ['/nobody/reads/this', { ...question(), nobody: { reads: { this: 'HERE' } } }],
] as const;
const values = [
  '1e400', '-1e400', '9007199254740993', '123456789012345678.0', '1e-400', '"\\u0000"', '"\\ud800"',
  '{"__proto__":1}', '{"a":1,"a":2}', '{"a":1,"\\u0061":2}', '['.repeat(40) + ']'.repeat(40),
]; // prettier-ignore

describe.each(places)('at %s', (path, body) => {
  it.each(values)('%s is refused with its path', async (text) => {
    const answer = await post<Problem>(api, '/access/v1/evaluation', key, sent(body, text));
    expect(answer.status).toBe(400);
    expect(answer.body.errors[0]!.path.startsWith(path)).toBe(true);

    const all = await post<Problem>(
      api,
      '/access/v1/evaluations',
      key,
      sent({ evaluations: [question(), body] }, text),
    );
    expect(all.status).toBe(400);
    expect(all.body.errors[0]!.path.startsWith(`/evaluations/1${path}`)).toBe(true);
  });
});

describe.each(['arguments', 'result'])('in an outcome’s %s', (member) => {
  it.each(values)('%s is refused with its path', async (text) => {
    const { evaluation_id } = (await ask(api, key)).body.context;
    const body = sent({ evaluation_id, status: 'succeeded', [member]: { x: 'HERE' } }, text);
    const answer = await post<Problem>(api, '/v1/outcomes', key, body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors[0]!.path.startsWith(`/${member}/x`)).toBe(true);
  });
});

it('a member of the question itself that is given twice is refused: nobody knows which one was meant', async () => {
  const text = JSON.stringify(question()).replace(
    '"subject":',
    '"subject":{"type":"user","id":"eve"},"subject":',
  );
  const answer = await post<Problem>(api, '/access/v1/evaluation', key, text);
  expect([answer.status, answer.body.errors[0]!.path]).toEqual([400, '/subject']);
});

it('bytes that are not UTF-8 are refused', async () => {
  const body = Buffer.from(JSON.stringify(question({ args: { q: 'caf\u00e9' } })), 'latin1');
  const answer = await fetch(`${api.url}/access/v1/evaluation`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body,
  });
  expect(answer.status).toBe(400);
});

it('the questions that arrive with such values are all answered', async () => {
  const bad = sent(places[0][1], '1e400');
  const answers = await Promise.all(
    Array.from({ length: 400 }, (_, i) =>
      i % 8 === 0 ? post(api, '/access/v1/evaluation', key, bad) : ask(api, key),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual(answers.map((_, i) => (i % 8 === 0 ? 400 : 200)));
});

it('what is taken is what was decided: the same arguments match, their nearest neighbours drift', async () => {
  const number = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.maxSafeInteger(),
    fc.integer().map((n) => n / 100),
  );
  await fc.assert(
    fc.asyncProperty(number, async (x) => {
      const { evaluation_id } = (await ask(api, key, { args: { x } })).body.context;
      const outcome = (args: string) =>
        post<{ arguments_match: boolean }>(
          api,
          '/v1/outcomes',
          key,
          `{"evaluation_id":"${evaluation_id}","status":"succeeded","arguments":${args}}`,
        );
      expect((await outcome(canonical({ x }))).body.arguments_match).toBe(true);
      expect((await outcome(canonical({ x: x === 0 ? 5e-324 : x / 2 }))).status).toBe(409);
    }),
    { numRuns: 100, seed: 6 },
  );
  expect(await verifyChain(world)).toMatchObject({ verdict: 'verified', reachesHead: true });
});
