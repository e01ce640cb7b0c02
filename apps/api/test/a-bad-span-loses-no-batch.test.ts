/**
 * Whatever one span is, those beside it are kept: what is not is named, counted and shown, with its reason and one of
 * them. The answer is in the encoding of the request, and no body gives a 5xx, which would be sent for ever.
 */
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { call, newTraceId, otlpSpan, post, requestOf, send, spansOf } from './support/telemetry.js';
import { createWorld, type Api, type World } from './support/world.js';

let world: World;
let api: Api;
let key: string;

beforeAll(async () => {
  world = await createWorld();
  api = await world.api();
  key = (await world.agentKey([], ['telemetry'])).secret;
});
afterAll(() => world.close());
beforeEach(async () => {
  for (const table of ['span', 'trace', 'rollup', 'latency_bin', 'telemetry_rejection'])
    await world.rows(`DELETE FROM ${table} WHERE tenant_id = $1`, [world.tenantId]);
});

const rejections = () =>
  world.rows<{ reason: string; count: string; sample: string }>(
    `SELECT reason, count, sample FROM telemetry_rejection WHERE tenant_id = $1 ORDER BY reason`,
    [world.tenantId],
  );

it('of five, one with a broken id: four are kept and that one is named', async () => {
  const { kind: _, ...withoutKind } = { kind: 1, ...otlpSpan() };
  const sent = await send(api, key, [
    otlpSpan(),
    withoutKind,
    { ...otlpSpan(), kind: 'SPAN_KIND_CLIENT', status: { code: 'STATUS_CODE_ERROR' } },
    { ...otlpSpan(), whatIsThis: { deep: [1] } },
    { ...otlpSpan(), spanId: 'abcdef' },
  ]);
  expect(sent).toMatchObject({ status: 200, rejected: 1 });
  expect(JSON.parse(sent.text)).toMatchObject({ partialSuccess: { rejectedSpans: '1' } });
  expect(sent.text).toContain('spans[4]');
  expect(await spansOf(world)).toHaveLength(4);
  expect(await rejections()).toMatchObject([{ reason: 'span_id', count: '1' }]);
});

it('nothing to name is an empty answer', async () => {
  expect((await send(api, key, [otlpSpan()])).text).toBe('{}');
});

it.each([
  [{ at: -40 * 86_400_000 }, 'too_old'],
  [{ at: 4 * 86_400_000 }, 'too_far_ahead'],
])('%j is %s, and makes no partition', async (about, reason) => {
  const days = () => world.rows(`SELECT inhrelid FROM pg_inherits WHERE inhparent = 'span'::regclass`);
  const good = otlpSpan();
  await send(api, key, [good]);
  const before = await days();
  const sent = await send(api, key, [otlpSpan(about), good]);
  expect(sent).toMatchObject({ status: 200, rejected: 1 });
  expect(sent.text).toContain(reason);
  expect(await spansOf(world)).toHaveLength(1);
  expect(await rejections()).toMatchObject([{ reason, count: '1' }]);
  expect((await days()).length).toBe(before.length);
});

it('what ends before it starts, or never, is kept with its tokens and in no percentile', async () => {
  const backwards = call({ ms: -40 });
  const endless = { ...call(), endTimeUnixNano: '0' };
  expect(await send(api, key, [backwards, endless])).toMatchObject({ status: 200, rejected: 0 });
  const spans = await spansOf(world);
  expect(spans.map(({ durationNs }) => durationNs)).toEqual([null, null]);
  const [bins] = await world.rows(
    `SELECT count(*)::int AS n FROM latency_bin WHERE tenant_id = $1 AND n <> 0`,
    [world.tenantId],
  );
  expect(bins).toEqual({ n: 0 });
});

it('beyond ten thousand spans a trace takes no more, and says so', async () => {
  const trace = newTraceId();
  const many = Array.from({ length: 5_001 }, (_, i) =>
    otlpSpan({ trace, span: `f${i.toString(16).padStart(15, '0')}`, name: 's' }),
  );
  const more = Array.from({ length: 5_001 }, (_, i) =>
    otlpSpan({ trace, span: `e${i.toString(16).padStart(15, '0')}`, name: 's' }),
  );
  expect((await send(api, key, many)).rejected).toBe(0);
  const sent = await send(api, key, more);
  expect(sent).toMatchObject({ status: 200, rejected: 2 });
  expect(sent.text).toContain('trace_too_long');
  // What is there already still can be sent again.
  expect((await send(api, key, many.slice(0, 10))).rejected).toBe(0);
});

describe('what PostgreSQL itself refuses', () => {
  beforeAll(async () => {
    await world.rows(`CREATE FUNCTION poisoned() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'poison' USING ERRCODE = '22000'; END $$`);
    await world.rows(`CREATE TRIGGER poisoned BEFORE INSERT ON span FOR EACH ROW WHEN (NEW.name = 'poison')
      EXECUTE FUNCTION poisoned()`);
  });

  it('costs neither its request nor those of the same moment', async () => {
    const bad = () => otlpSpan({ name: 'poison' });
    const requests = Array.from({ length: 12 }, (_, i) => [
      ...Array.from({ length: 20 }, () => otlpSpan()),
      ...(i % 4 === 0 ? [bad()] : []),
    ]);
    const sent = await Promise.all(requests.map((spans) => send(api, key, spans)));
    expect(sent.map(({ status, rejected }) => [status, rejected])).toEqual(
      requests.map((_, i) => [200, i % 4 === 0 ? 1 : 0]),
    );
    expect(await spansOf(world)).toHaveLength(240);
    expect(await rejections()).toMatchObject([{ reason: 'not_storable', count: '3' }]);
  });
});

it('a text that no text of PostgreSQL can hold is kept as near as can be', async () => {
  const sent = await send(api, key, [
    otlpSpan({ name: 'a\u0000b\ud800c', attributes: { 'k\u0000': '\udfff' } }),
  ]);
  expect(sent).toMatchObject({ status: 200, rejected: 0 });
  expect(await spansOf(world)).toHaveLength(1);
});

describe('an answer', () => {
  const json = Buffer.from(JSON.stringify(requestOf([otlpSpan()])));
  const PROTOBUF = { 'content-type': 'application/x-protobuf' };

  it.each([
    [
      'JSON with a charset, packed',
      gzipSync(json),
      { 'content-type': 'application/json; charset=utf-8', 'content-encoding': 'gzip' },
      200,
    ],
    ['an empty protobuf', Buffer.alloc(0), PROTOBUF, 200],
    ['broken gzip', Buffer.from([31, 139, 1, 2, 3]), { 'content-encoding': 'gzip' }, 400],
    ['broken gzip of a protobuf', Buffer.from('no'), { ...PROTOBUF, 'content-encoding': 'gzip' }, 400],
    ['broken JSON', Buffer.from('{"resourceSpans":['), {}, 400],
    ['JSON of something else', Buffer.from('[1]'), {}, 400],
    ['a broken protobuf', Buffer.from([255, 255, 255]), PROTOBUF, 400],
    ['another packing', json, { 'content-encoding': 'br' }, 415],
    ['another content type', json, { 'content-type': 'text/plain' }, 415],
  ])('to %s is as that was encoded', async (_, body, headers, status) => {
    const sent = await post(api, '/v1/traces', key, body, headers);
    expect(sent.status).toBe(status);
    const encoding = sent.headers.get('content-type');
    const asked = (headers as Record<string, string>)['content-type'] ?? 'application/json';
    if (asked === 'text/plain') return;
    expect(encoding).toBe(asked.split(';')[0]);
    if (status !== 200 && encoding === 'application/json')
      expect(JSON.parse(sent.text)).toMatchObject({ code: 3, message: expect.any(String) as string });
  });

  it('to logs and metrics that are OTLP is 200 as well', async () => {
    for (const [path, body] of [
      ['/v1/logs', { resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: 'x' } }] }] }] }],
      ['/v1/metrics', { resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name: 'm' }] }] }] }],
    ] as const)
      expect((await post(api, path, key, JSON.stringify(body))).status).toBe(200);
  });

  it('to logs that were sent as traces is never a 5xx', async () => {
    const logs = { resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: 'x' } }] }] }] };
    expect((await post(api, '/v1/traces', key, JSON.stringify(logs))).status).toBeLessThan(500);
  });
});
