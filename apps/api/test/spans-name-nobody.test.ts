/**
 * Reeve's own spans are made where somebody asked for them: a decision stands in its caller's trace, what was not sampled
 * there is not sent, and none of them says who asked about whom, with what, or by what key.
 */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeTraces, type RawSpan } from '@reeve/telemetry';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { EvaluationAnswer } from '@reeve/policy';
import { ask, post, question } from './support/agent.js';
import { createWorld, type Api, type World } from './support/world.js';

const CANARY = 'said-by-a-model-4711';
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const CALLER = '00f067aa0ba902b7';

let world: World;
let api: Api;
let key: string;
let collector: Server;
let bodies: Buffer[] = [];

beforeAll(async () => {
  collector = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      bodies.push(Buffer.concat(parts));
      response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
    });
  });
  collector.listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const { port } = collector.address() as AddressInfo;
  world = await createWorld();
  key = (await world.agentKey()).secret;
  api = await world.api({
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
    OTEL_TRACES_SAMPLER_ARG: '0',
    OTEL_BSP_SCHEDULE_DELAY: '50',
  });
});
afterAll(async () => {
  await world.close();
  collector.close();
});
beforeEach(() => {
  bodies = [];
});

const received = (): readonly RawSpan[] =>
  bodies.flatMap((body) => {
    const { spans, rejected } = decodeTraces({ protobuf: body });
    expect(rejected).toEqual([]);
    return spans;
  });
const traced = (flags: '00' | '01') => ({ traceparent: `00-${TRACE}-${CALLER}-${flags}` });
const evaluate = (body: unknown, headers: Record<string, string>) =>
  post<EvaluationAnswer>(api, '/access/v1/evaluation', key, body, headers);

it('a decision stands in the trace of its caller, with what was decided', async () => {
  const { body } = await evaluate(question({ args: { q: CANARY } }), traced('01'));
  await expect.poll(() => received().length).toBeGreaterThanOrEqual(2);
  const spans = received();
  expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([TRACE]));
  const [request] = spans.filter(({ parentSpanId }) => parentSpanId === CALLER);
  expect(request).toMatchObject({ name: 'POST /access/v1/evaluation' });
  const [decision] = spans.filter(({ parentSpanId }) => parentSpanId === request!.spanId);
  expect(Object.fromEntries(decision!.attributes)).toMatchObject({
    'gen_ai.operation.name': 'run_guardrail',
    'gen_ai.security.target.id': 'search',
    'gen_ai.security.verdict.type': 'allow',
    'gen_ai.security.verdict.code': 'allowed',
    'gen_ai.agent.name': 'desk',
    'reeve.evaluation.id': body.context.evaluation_id,
  });
});

it('each of several has its own', async () => {
  const evaluations = [question(), question({ tool: CANARY }), question({ subject: CANARY })];
  const answer = await post(api, '/access/v1/evaluations', key, { evaluations }, traced('01'));
  expect(answer.status).toBe(200);
  await expect.poll(() => received().length).toBe(4);
  const verdicts = received().map(({ attributes }) => attributes.get('gen_ai.security.verdict.type'));
  expect(verdicts.filter((verdict) => verdict === 'deny')).toHaveLength(2);
});

it('none of them says who asked about whom, with what, or by what key', async () => {
  const context = { run_id: CANARY, thread_id: CANARY };
  for (const about of [
    { args: { q: CANARY } },
    { subject: CANARY },
    { tool: CANARY },
    { agent: CANARY },
    { context },
  ])
    await evaluate(question(about), traced('01'));
  expect((await evaluate({ subject: CANARY }, traced('01'))).status).toBe(400);
  expect((await post(api, `/access/v1/${CANARY}`, key, {}, traced('01'))).status).toBe(404);
  expect((await post(api, '/access/v1/evaluation', CANARY, {}, traced('01'))).status).toBe(401);
  await expect.poll(() => received().length).toBe(5 * 2 + 3);
  const all = Buffer.concat(bodies).toString('latin1');
  for (const secret of [CANARY, key, 'mia', 'run-1']) expect(all).not.toContain(secret);
});

it('what its caller does not keep, and what has no caller’s trace, is sent by the share that was asked for', async () => {
  await evaluate(question(), traced('00'));
  await ask(api, key);
  await evaluate(question(), traced('01'));
  await expect.poll(() => received().length).toBeGreaterThan(0);
  expect(received()).toHaveLength(2);
});
