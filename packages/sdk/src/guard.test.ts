/** What runs is what was asked about, and what came of it is told, also when the tool throws. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Reeve, type ReeveOptions } from './reeve.js';
import { ALLOWED, DENIED, json, startStub, type Stub } from './testing/stub.js';

const MIA = { subject: { type: 'user', id: 'mia' } };
let stub: Stub;
beforeEach(async () => void (stub = await startStub()));
afterEach(() => stub.close());
const reeveAt = (more: Partial<ReeveOptions> = {}) =>
  new Reeve({ url: stub.url, key: 'k', agent: 'desk', timeoutMs: 500, warn: () => undefined, ...more });
const reported = () =>
  stub.asked
    .filter(({ path }) => path.startsWith('/v1/'))
    .map(({ path, body }): Record<string, unknown> => ({ path, ...(JSON.parse(body) as object) }));

const TAKEN = json(201, { outcome_id: 'o', arguments_match: true, ungoverned: false });

describe('an allowed call', () => {
  it('runs, and is reported with its arguments and the digest of its result', async () => {
    stub.answers(json(200, ALLOWED), TAKEN);
    const search = reeveAt().guard('search', ({ q }: { q: string }) => `found ${q}`);
    expect(await search({ q: 'shoes' }, { ...MIA, context: { trace_id: 't' } })).toMatchObject({
      ran: true,
      result: 'found shoes',
      answer: { decision: true },
      report: { reported: true, outcomeId: 'o', argumentsMatch: true, ungoverned: false },
    });
    expect(reported()).toMatchObject([
      {
        path: '/v1/outcomes',
        evaluation_id: ALLOWED.context.evaluation_id,
        status: 'succeeded',
        arguments: { q: 'shoes' },
        result_digest: expect.stringMatching(/^sha256:[\da-f]{64}$/) as string,
        trace_id: 't',
      },
    ]);
  });

  it('runs with what was asked, whatever becomes of the object meanwhile', async () => {
    const args = { to: 'mia', nested: { amount: 1 } };
    stub.answers((_, response) => {
      args.nested.amount = 1_000_000;
      args.to = 'mallory';
      json(200, ALLOWED)(_, response);
    }, TAKEN);
    let ran: unknown;
    await reeveAt().guard('pay', (exact: typeof args) => {
      ran = structuredClone(exact);
      exact.nested.amount = 7; // nor does what the tool does to its own change the account
    })(args, MIA);
    expect(ran).toEqual({ to: 'mia', nested: { amount: 1 } });
    expect(reported()[0]!['arguments']).toEqual({ to: 'mia', nested: { amount: 1 } });
  });

  it.each<[string, unknown, { type: string; message: string }]>([
    ['an error', new RangeError('too far'), { type: 'RangeError', message: 'too far' }],
    ['a text', 'no luck', { type: 'string', message: 'no luck' }],
    ['nothing', undefined, { type: 'undefined', message: 'undefined' }],
    ['what no ledger holds', new Error('a\0b\uD800'), { type: 'Error', message: 'a\uFFFDb\uFFFD' }],
    ['a novel', new Error('x'.repeat(20_000)), { type: 'Error', message: 'x'.repeat(10_000) }],
    [
      'an object nobody can read',
      Object.create(null),
      { type: 'object', message: 'something was thrown that cannot be read' },
    ],
  ])('that throws %s is reported as failed, and throws that', async (_, thrown, error) => {
    stub.answers(json(200, ALLOWED), TAKEN);
    const tool = reeveAt().guard('search', () => {
      throw thrown;
    });
    const caught = await tool({}, MIA).then(
      () => 'returned',
      (one: unknown) => one,
    );
    expect(caught).toBe(thrown);
    expect(reported()).toMatchObject([{ status: 'failed', error }]);
  });

  it.each<[string, unknown]>([
    ['a BigInt', 1n],
    ['nothing', undefined],
    ['a function', () => 1],
  ])('whose result is %s is reported without it', async (_, result) => {
    stub.answers(json(200, ALLOWED), TAKEN);
    expect(await reeveAt().guard('search', () => result)({}, MIA)).toMatchObject({ ran: true });
    expect(reported()[0]).not.toHaveProperty('result_digest');
  });

  it('reports the whole result when told so, and a large one as its digest', async () => {
    stub.answers(json(200, ALLOWED), TAKEN, json(200, ALLOWED), TAKEN);
    await reeveAt().guard('search', () => ({ hits: 3 }), { results: 'full' })({}, MIA);
    await reeveAt().guard('search', () => 'x'.repeat(300_000), { results: 'full' })({}, MIA);
    expect(reported()[0]).toMatchObject({ result: { hits: 3 } });
    expect(reported()[1]).toHaveProperty('result_digest');
  });

  it('gives its result although the report fails, which says so', async () => {
    stub.answers(json(200, ALLOWED), json(500, {}));
    expect(await reeveAt().guard('search', () => 1)({}, MIA)).toMatchObject({
      ran: true,
      result: 1,
      report: { reported: false, kept: false },
    });
  });
});

describe('a call that is not allowed', () => {
  it('does not run, and says why', async () => {
    stub.answers(json(200, DENIED));
    let runs = 0;
    expect(await reeveAt().guard('search', () => ++runs)({}, MIA)).toMatchObject({
      ran: false,
      answer: { decision: false, reason: 'no_permission', message: 'Not permitted.' },
    });
    expect(runs).toBe(0);
    expect(reported()).toEqual([]);
  });

  it('nor does one whose arguments are no JSON', async () => {
    expect(
      await reeveAt().guard('search', () => 1)({ n: 1n } as unknown as Record<string, never>, MIA),
    ).toMatchObject({ ran: false, answer: { reason: 'invalid_question' } });
    expect(stub.asked).toEqual([]);
  });

  it('nor one that the caller gave up while it was decided: it is accounted for as not executed', async () => {
    const abort = new AbortController();
    const reeve = reeveAt({
      fetch: async (...sent) => {
        const answer = await fetch(...sent);
        const text = await answer.text();
        if (answer.url.endsWith('/evaluation')) queueMicrotask(() => queueMicrotask(() => abort.abort()));
        return new Response(text, { status: answer.status });
      },
    });
    stub.answers(json(200, ALLOWED), TAKEN);
    let runs = 0;
    const guarded = await reeve.guard('search', () => ++runs)({}, { ...MIA, signal: abort.signal });
    expect(guarded).toMatchObject({ ran: false, answer: { reason: 'aborted' } });
    expect(runs).toBe(0);
    expect(reported().every(({ status }) => status === 'not_executed')).toBe(true);
  });
});

it('an opened read is reported as ungoverned, with who and what', async () => {
  stub.answers(json(503, {}), json(503, {}), TAKEN);
  const read = reeveAt({ failMode: { read: 'open' } }).guard('search', () => 1, { toolClass: 'read' });
  expect(await read({ q: 'x' }, { ...MIA, context: { run_id: 'r' } })).toMatchObject({
    ran: true,
    answer: { source: 'fail_open' },
  });
  expect(reported()).toMatchObject([
    {
      path: '/v1/outcomes/ungoverned',
      cause: 'no_answer',
      subject: MIA.subject,
      tool: 'search',
      agent: 'desk',
      run_id: 'r',
      status: 'succeeded',
      arguments: { q: 'x' },
      report_id: expect.stringMatching(/^[\da-f-]{36}$/) as string,
    },
  ]);
});
