/** Whatever stands where Reeve should: nothing but `decision: true` is an allow, and nothing is thrown. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Reeve, type ReeveOptions } from './reeve.js';
import { ALLOWED, cut, DENIED, json, never, startStub, type Behaviour, type Stub } from './testing/stub.js';

const KEY = 'rvk_agent_a-secret-that-nobody-prints';
const CALL = { subject: { type: 'user', id: 'mia' }, tool: 'search', arguments: { q: 'shoes' } };

let stub: Stub;
let warned: string[];
beforeEach(async () => {
  stub = await startStub();
  warned = [];
});
afterEach(() => stub.close());

const reeveAt = (more: Partial<ReeveOptions> = {}) =>
  new Reeve({ url: stub.url, key: KEY, timeoutMs: 500, warn: (line) => warned.push(line), ...more });

describe('a question', () => {
  it('is AuthZEN, with the assistant of this process unless it names another', async () => {
    const reeve = reeveAt({ agent: 'desk' });
    await reeve.ask({ ...CALL, context: { run_id: 'r' } });
    await reeve.ask({
      subject: CALL.subject,
      action: { name: 'models/call' },
      resource: { type: 'model', id: 'm' },
      context: { agent: 'other' },
    });
    expect(stub.asked.map(({ path, body }) => [path, JSON.parse(body)])).toEqual([
      [
        '/access/v1/evaluation',
        {
          subject: CALL.subject,
          action: { name: 'tools/call' },
          resource: { type: 'tool', id: 'search', properties: { arguments: { q: 'shoes' } } },
          context: { agent: 'desk', run_id: 'r' },
        },
      ],
      [
        '/access/v1/evaluation',
        {
          subject: CALL.subject,
          action: { name: 'models/call' },
          resource: { type: 'model', id: 'm' },
          context: { agent: 'other' },
        },
      ],
    ]);
    expect(stub.asked[0]!.authorization).toBe(`Bearer ${KEY}`);
  });

  it('that is allowed says so, and that is denied says why', async () => {
    expect(await reeveAt().ask(CALL)).toMatchObject({
      decision: true,
      source: 'reeve',
      evaluationId: ALLOWED.context.evaluation_id,
    });
    stub.answers(json(200, DENIED));
    expect(await reeveAt().ask(CALL)).toMatchObject({
      decision: false,
      source: 'reeve',
      reason: 'no_permission',
      message: 'Not permitted.',
      evaluationId: DENIED.context.evaluation_id,
    });
  });

  it('keeps its connections alive, whatever the answers are', async () => {
    const reeve = reeveAt();
    stub.answers(json(401, {}), json(422, {}), json(200, DENIED), json(200, 'no json'), json(200, ALLOWED));
    for (let i = 0; i < 20; i += 1) await reeve.ask(CALL);
    expect(stub.asked).toHaveLength(20);
    expect(stub.connections()).toBeLessThanOrEqual(2);
  });
});

describe('no answer is a typed no', () => {
  const endless: Behaviour = (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const more = () => {
      while (response.write('x'.repeat(65_536)));
      response.once('drain', more);
    };
    more();
  };
  const halfAnAnswer: Behaviour = (_, response) =>
    void response
      .writeHead(200, { 'content-length': '100' })
      .write('{"decision": true', () => response.destroy());
  const slowly: Behaviour = (_, response) =>
    void response.writeHead(200, { 'content-type': 'application/json' }).write('{"decision": true');

  it.each<[string, Behaviour, string]>([
    ['401', json(401, { detail: 'no such key' }), 'unauthenticated'],
    ['403', json(403, {}), 'forbidden'],
    ['400', json(400, { errors: [{ path: '/subject', message: 'is required' }] }), 'invalid_question'],
    ['422', json(422, 'not json'), 'invalid_question'],
    ['413', json(413, ''), 'invalid_question'],
    ['429', json(429, {}, { 'retry-after': '7' }), 'rate_limited'],
    ['503', json(503, {}), 'unavailable'],
    ['500', json(500, '<h1>oops</h1>'), 'unreadable_answer'],
    ['502', json(502, { decision: true }), 'unreadable_answer'],
    ['a redirect', json(302, ALLOWED, { location: '/elsewhere' }), 'unreadable_answer'],
    ['204', json(204, ''), 'unreadable_answer'],
    ['nothing', json(200, ''), 'unreadable_answer'],
    ['a page', json(200, '<!doctype html><title>decision: true</title>'), 'unreadable_answer'],
    ['an answer without an end', endless, 'unreadable_answer'],
    ['half an answer', halfAnAnswer, 'unreachable'],
    ['a socket that is cut', cut, 'unreachable'],
    ['silence', never, 'timed_out'],
    ['an answer that stops', slowly, 'timed_out'],
  ])('%s', async (_, behaviour, reason) => {
    stub.answers(behaviour);
    const answer = await reeveAt().ask(CALL);
    expect(answer).toMatchObject({ decision: false, source: 'sdk', reason, failure: { reason } });
    expect(JSON.stringify(answer)).not.toContain(KEY);
  });

  it.each([
    ['null', 'null'],
    ['a list', JSON.stringify([ALLOWED])],
    ['a text', '"true"'],
    ['a number', '1'],
    ['true itself', 'true'],
    ['an empty object', '{}'],
    ['decision as a text', '{"decision":"true"}'],
    ['decision as a number', '{"decision":1}'],
    ['decision as a list', '{"decision":[true]}'],
    ['decision as an object', '{"decision":{"value":true}}'],
    ['decision null', '{"decision":null}'],
    ['a prototype with the decision', '{"__proto__":{"decision":true}}'],
    ['another case', '{"Decision":true}'],
    ['several answers', JSON.stringify({ evaluations: [ALLOWED] })],
  ])('%s', async (_, body) => {
    stub.answers(json(200, body));
    expect(await reeveAt().ask(CALL)).toMatchObject({ decision: false, reason: 'unreadable_answer' });
  });

  it('whatever JSON comes: an allow is decision === true and nothing else', async () => {
    let allowed = 0;
    const decision = fc.oneof(fc.constant(true), fc.boolean(), fc.jsonValue());
    const body = fc.oneof(
      fc.jsonValue(),
      fc.record({ decision, context: fc.jsonValue() }, { noNullPrototype: true }),
      fc.record({ decision, context: fc.record({ evaluation_id: fc.jsonValue(), detail: fc.jsonValue() }) }),
    );
    await fc.assert(
      fc.asyncProperty(body, async (said) => {
        const reeve = reeveAt({ fetch: async () => new Response(JSON.stringify(said)) });
        const answer = await reeve.ask(CALL);
        const is = typeof said === 'object' && said !== null && !Array.isArray(said) && 'decision' in said;
        const meant = is && said.decision === true;
        if (meant) allowed += 1;
        expect(answer.decision).toBe(meant);
      }),
      { numRuns: 400, seed: 7 },
    );
    expect(allowed).toBeGreaterThan(50);
  });

  it('a port nobody listens on, a name nobody has', async () => {
    const { url } = stub;
    await stub.close();
    expect(await reeveAt({ url }).ask(CALL)).toMatchObject({ decision: false, reason: 'unreachable' });
    expect(await reeveAt({ url: 'http://nobody.invalid' }).ask(CALL)).toMatchObject({
      decision: false,
      reason: 'unreachable',
    });
    stub = await startStub();
  });

  it.each([
    ['no key', { key: undefined }],
    ['an empty key', { key: '' }],
    ['a key with a line break', { key: `${KEY}\n` }],
    ['a key beyond ASCII', { key: 'clé' }],
    ['no address', { url: '' }],
    ['an address that is none', { url: 'reeve:4600/x' }],
    ['an address with a password', { url: 'http://me:secret@127.0.0.1' }],
    ['an address with a query', { url: 'http://127.0.0.1/?x=1' }],
    ['nothing at all', { url: undefined as unknown as string, key: null as unknown as string }],
    ['no fetch', { fetch: null as unknown as typeof fetch }],
  ])('%s: nothing is sent', async (_, options) => {
    const answer = await reeveAt(options).ask(CALL);
    expect(answer).toMatchObject({ decision: false, reason: 'misconfigured' });
    expect(JSON.stringify(answer)).not.toMatch(/secret|clé/);
    expect(stub.asked).toEqual([]);
  });

  it('a fetch that throws at once, rejects with nothing, or never listens', async () => {
    const strange: (typeof fetch)[] = [
      () => {
        throw new TypeError('boom');
      },
      () => Promise.reject(undefined), // oxlint-disable-line typescript/prefer-promise-reject-errors
      async () => ({}) as Response,
      async () => null as unknown as Response,
    ];
    for (const fetch of strange)
      expect(await reeveAt({ fetch }).ask(CALL)).toMatchObject({ decision: false, reason: 'unreachable' });
    const deaf = reeveAt({ fetch: () => new Promise(() => undefined), timeoutMs: 30 });
    expect(await deaf.ask(CALL)).toMatchObject({ decision: false, reason: 'timed_out' });
  });

  const cyclic: Record<string, unknown> = {};
  cyclic['itself'] = cyclic;
  it.each<[string, unknown]>([
    ['a cycle', { ...CALL, arguments: cyclic }],
    ['a BigInt', { ...CALL, arguments: { n: 1n } }],
    [
      'a toJSON that throws',
      {
        ...CALL,
        arguments: {
          toJSON() {
            throw new Error('no');
          },
        },
      },
    ],
    ['no subject', { tool: 'search' }],
    ['a subject without an id', { ...CALL, subject: { type: 'user' } }],
    ['a subject whose id is a number', { ...CALL, subject: { type: 'user', id: 7 } }],
    ['no tool', { ...CALL, tool: undefined }],
    ['a context that is a text', { ...CALL, context: 'r' }],
    ['null', null],
    ['a text', 'search'],
    ['nothing', undefined],
  ])('%s is no question, also where reads are open', async (_, question) => {
    const reeve = reeveAt({ failMode: { read: 'open' }, url: 'http://127.0.0.1:1' });
    expect(await reeve.ask(question as typeof CALL)).toMatchObject({
      decision: false,
      reason: 'invalid_question',
    });
  });

  it('the caller’s signal, before and meanwhile', async () => {
    expect(await reeveAt().ask(CALL, { signal: AbortSignal.abort() })).toMatchObject({ reason: 'aborted' });
    expect(stub.asked).toEqual([]);
    const abort = new AbortController();
    stub.answers(() => abort.abort());
    expect(await reeveAt().ask(CALL, { signal: abort.signal })).toMatchObject({ reason: 'aborted' });
  });
});

describe('asking again', () => {
  it('happens once after a 503, and the second answer stands', async () => {
    stub.answers(json(503, {}), json(200, ALLOWED));
    expect(await reeveAt().ask(CALL)).toMatchObject({ decision: true });
    expect(stub.asked).toHaveLength(2);
    stub.answers(json(503, {}));
    expect(await reeveAt().ask(CALL)).toMatchObject({ reason: 'unavailable' });
    expect(stub.asked).toHaveLength(4);
  });

  it('waits as long as it is told, if there is time', async () => {
    stub.answers(json(503, {}, { 'retry-after': '1' }), json(200, ALLOWED));
    const began = performance.now();
    expect(await reeveAt({ timeoutMs: 30_000 }).ask(CALL)).toMatchObject({ decision: true });
    expect(performance.now() - began).toBeGreaterThanOrEqual(990);
    stub.answers(json(503, {}, { 'retry-after': '60' }), json(200, ALLOWED));
    expect(await reeveAt().ask(CALL)).toMatchObject({
      reason: 'unavailable',
      failure: { retryAfterSeconds: 60 },
    });
    expect(stub.asked).toHaveLength(3);
  });

  it.each<[string, Behaviour]>([
    ['an allow', json(200, ALLOWED)],
    ['a denial', json(200, DENIED)],
    ['silence, in which it may have been decided', never],
    ['a cut connection, likewise', cut],
    ['a 429', json(429, {}, { 'retry-after': '0' })],
    ['a 500', json(500, {})],
    ['what cannot be read', json(200, 'x')],
  ])('never after %s', async (_, behaviour) => {
    stub.answers(behaviour);
    await reeveAt().ask(CALL);
    expect(stub.asked).toHaveLength(1);
  });
});

describe('the fail mode', () => {
  const READ = { ...CALL, toolClass: 'read' } as const;
  it('is closed', async () => {
    stub.answers(json(503, {}));
    expect(await reeveAt().ask(READ)).toMatchObject({ decision: false });
    expect(await reeveAt({ failMode: {} }).ask(READ)).toMatchObject({ decision: false });
  });

  it.each<[string, Behaviour]>([
    ['503', json(503, {})],
    ['silence', never],
    ['a cut connection', cut],
  ])('opens reads when %s, aloud', async (_, behaviour) => {
    stub.answers(behaviour);
    expect(await reeveAt({ failMode: { read: 'open' } }).ask(READ)).toMatchObject({
      decision: true,
      source: 'fail_open',
    });
    expect(warned).toHaveLength(1);
    expect(warned[0]).toContain('fail-open');
  });

  it.each(['write', 'dangerous', 'human_only', 'READ', '', undefined])(
    'never opens %s',
    async (toolClass) => {
      stub.answers(json(503, {}));
      const failMode = { read: 'open', write: 'open', dangerous: 'open', human_only: 'open' } as const;
      const call = { ...CALL, toolClass: toolClass as 'read' };
      expect(await reeveAt({ failMode }).ask(call)).toMatchObject({ decision: false });
    },
  );

  it.each<[string, Behaviour]>([
    ['a denial', json(200, DENIED)],
    ['a revoked key', json(401, {})],
    ['a key that may not', json(403, {})],
    ['a bad question', json(400, {})],
    ['too many questions', json(429, {})],
    ['something else that listens there', json(200, 'x')],
    ['a text that says true', json(200, '{"decision":"true"}')],
  ])('never opens after %s', async (_, behaviour) => {
    stub.answers(behaviour);
    expect(await reeveAt({ failMode: { read: 'open' } }).ask(READ)).toMatchObject({ decision: false });
  });

  it('a listener that throws changes nothing', async () => {
    stub.answers(json(503, {}));
    const warn = () => {
      throw new Error('no log today');
    };
    expect(await reeveAt({ failMode: { read: 'open' }, warn }).ask(READ)).toMatchObject({ decision: true });
  });
});
