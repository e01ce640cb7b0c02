/** The exporters that people have: their own bytes, their own keys, and their own patience. */
import { SpanStatusCode } from '@opentelemetry/api';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtoExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { BasicTracerProvider, SimpleSpanProcessor, type SpanExporter } from '@opentelemetry/sdk-trace-base';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { post, requestOf, otlpSpan, spansOf } from './support/telemetry.js';
import { createWorld, type Api, type World } from './support/world.js';

let world: World;
let api: Api;
let key: { id: string; secret: string };

beforeAll(async () => {
  world = await createWorld();
  api = await world.api();
  key = await world.agentKey([], ['telemetry']);
});
afterAll(() => world.close());

const GZIP = 'gzip' as never;

/** Sends one span and waits until its exporter has done what it does. */
async function exported(exporter: SpanExporter, name: string): Promise<void> {
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  const span = provider.getTracer('test').startSpan(name, {
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'gpt-4.1',
      'gen_ai.usage.input_tokens': 7,
    },
  });
  span.setStatus({ code: SpanStatusCode.ERROR, message: 'no' });
  span.end();
  await provider.forceFlush();
  await provider.shutdown();
}

describe('a span comes in whole', () => {
  const options = () => ({ url: `${api.url}/v1/traces`, headers: { authorization: `Bearer ${key.secret}` } });
  it.each([
    ['protobuf', () => new ProtoExporter(options())],
    ['protobuf, packed', () => new ProtoExporter({ ...options(), compression: GZIP })],
    ['JSON', () => new JsonExporter(options())],
    ['JSON, packed', () => new JsonExporter({ ...options(), compression: GZIP })],
    [
      'protobuf with x-api-key',
      () => new ProtoExporter({ url: `${api.url}/v1/traces`, headers: { 'x-api-key': key.secret } }),
    ],
    [
      'as Langfuse’s SDKs send',
      () =>
        new ProtoExporter({
          url: `${api.url}/api/public/otel/v1/traces`,
          headers: { authorization: `Basic ${Buffer.from(`pk-lf-1:${key.secret}`).toString('base64')}` },
        }),
    ],
  ])('%s', async (name, make) => {
    await exported(make(), name);
    const found = (await spansOf(world)).filter((span) => span.name === name);
    expect(found).toMatchObject([
      { operation: 'chat', model: 'gpt-4.1', error: true, tokens: { inputUncached: 7 }, parentSpanId: null },
    ]);
    expect(found[0]!.durationNs).toBeGreaterThanOrEqual(0n);
  });
});

it('whoever sends more than their key may is told to wait as exporters wait, and loses no span', async () => {
  await world.rows('UPDATE api_key SET requests_per_second = 1 WHERE tenant_id = $1 AND id = $2', [
    world.tenantId,
    key.id,
  ]);
  // Another process of the same Reeve: it has not seen the key without its limit.
  const api = await world.api();
  const body = JSON.stringify(requestOf([otlpSpan()]));
  const answers = await Promise.all(
    Array.from({ length: 4 }, () => post(api, '/v1/traces', key.secret, body)),
  );
  const refused = answers.filter(({ status }) => status !== 200);
  expect(refused.length).toBeGreaterThan(0);
  for (const { status, headers, text } of refused) {
    expect(status).toBe(503);
    expect(headers.get('retry-after')).toMatch(/^[123]$/);
    expect(JSON.parse(text)).toMatchObject({ code: 14 });
  }
  const exporter = () =>
    new ProtoExporter({ url: `${api.url}/v1/traces`, headers: { authorization: `Bearer ${key.secret}` } });
  await Promise.all(['patient 1', 'patient 2'].map((name) => exported(exporter(), name)));
  const names = (await spansOf(world)).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['patient 1', 'patient 2']));
});
