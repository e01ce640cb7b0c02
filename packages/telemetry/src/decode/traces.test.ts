import { fromBinary } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { ExportTraceServiceResponseSchema } from '../generated/opentelemetry/proto/collector/trace/v1/trace_service_pb.js';
import { StatusSchema } from '../generated/google/rpc/status_pb.js';
import { binaryOf } from '../testing/binary.js';
import { only } from '../testing/only.js';
import { encodeAnswer, encodeStatus } from './answers.js';
import { LIMITS } from './limits.js';
import { UndecodableError } from './refusals.js';
import { decodeTraces } from './traces.js';

const TRACE = '4fd0b6131f19f39af59518d127b0cafe';
const SPAN = 'a1b2c3d4e5f60718';
const GOOD = {
  traceId: TRACE,
  spanId: SPAN,
  name: 'chat gpt-4o',
  kind: 3,
  startTimeUnixNano: '1764152777123456789',
  endTimeUnixNano: '1764152777123456917',
  attributes: [{ key: 'gen_ai.usage.input_tokens', value: { intValue: '42' } }],
};

const request = (...spans: unknown[]) => ({
  resourceSpans: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] },
      scopeSpans: [{ scope: { name: 'test', version: '1' }, spans }],
    },
  ],
});
const decodeJson = (...spans: unknown[]) => decodeTraces({ json: JSON.stringify(request(...spans)) });
const reasons = ({ rejected }: { rejected: readonly { path: string; reason: string }[] }) =>
  rejected.map(({ path, reason }) => [path, reason]);
const at = (index: number) => `resourceSpans[0].scopeSpans[0].spans[${index}]`;

describe('numbers', () => {
  it('keeps every digit of a time that is a bare number, and of one that is a string', () => {
    const json = JSON.stringify(request(GOOD)).replace('"1764152777123456789"', '1764152777123456789');
    expect(json).toContain(':1764152777123456789,');
    const { times } = only(decodeTraces({ json }).spans);
    expect(times.durationNs).toBe(128n);
    expect(times.start).toBe(1764152777123456789n);
  });

  it('gives the same 128 ns for the same span in protobuf', () => {
    const fromBytes = decodeTraces({ protobuf: binaryOf(request(GOOD)) });
    expect(only(fromBytes.spans).times.durationNs).toBe(128n);
    expect(fromBytes).toEqual(decodeJson(GOOD));
  });

  it('takes integers as strings, as numbers and beyond 64 bits', () => {
    const value = (json: unknown) => ({ ...GOOD, attributes: [{ key: 'n', value: { intValue: json } }] });
    const read = (json: string) =>
      only(
        decodeTraces({ json: JSON.stringify(request(value('@'))).replace('"@"', json) }).spans,
      ).attributes.get('n');
    expect(read('7')).toBe(7);
    expect(read('"7"')).toBe(7);
    expect(read('9007199254740993')).toBe('9007199254740993');
    expect(read('"18446744073709551615"')).toBe('18446744073709551615');
  });

  it('keeps what looks like a long number in a text', () => {
    const said = 'ids: 12345678901234567890, "quoted \\" 1764152777123456789"';
    const { spans } = decodeJson({ ...GOOD, attributes: [{ key: 'said', value: { stringValue: said } }] });
    expect(only(spans).attributes.get('said')).toBe(said);
  });
});

describe('ids', () => {
  it('takes capitals and base64 of the right length for the same id', () => {
    const { spans } = decodeJson(
      GOOD,
      { ...GOOD, traceId: TRACE.toUpperCase(), spanId: SPAN.toUpperCase() },
      { ...GOOD, traceId: 'T9C2Ex8Z85r1lRjRJ7DK/g==', spanId: Buffer.from(SPAN, 'hex').toString('base64') },
    );
    expect(new Set(spans.map(({ traceId, spanId }) => `${traceId}/${spanId}`))).toEqual(
      new Set([`${TRACE}/${SPAN}`]),
    );
    expect(spans).toHaveLength(3);
  });

  it('never decodes hex text as base64, and names ids of zeros or of another length', () => {
    const twice = Buffer.from(Buffer.from(TRACE, 'base64').toString('hex'), 'utf8').toString('base64');
    const decoded = decodeJson(
      { ...GOOD, traceId: twice },
      { ...GOOD, traceId: '0'.repeat(32) },
      { ...GOOD, spanId: 'abcdef' },
      { ...GOOD, spanId: '0000000000000000' },
      { ...GOOD, parentSpanId: 'xyz' },
    );
    expect(decoded.spans).toHaveLength(0);
    expect(reasons(decoded)).toEqual([
      [at(0), 'trace_id'],
      [at(1), 'trace_id'],
      [at(2), 'span_id'],
      [at(3), 'span_id'],
      [at(4), 'parent_span_id'],
    ]);
  });

  it('takes an absent, empty or zero parent for none', () => {
    const { spans } = decodeJson(
      GOOD,
      { ...GOOD, parentSpanId: '' },
      { ...GOOD, parentSpanId: '0'.repeat(16) },
    );
    expect(spans.map(({ parentSpanId }) => parentSpanId)).toEqual([null, null, null]);
  });
});

describe('a batch', () => {
  it('keeps four of five and names the fifth', () => {
    const decoded = decodeJson(
      GOOD,
      { ...GOOD, kind: undefined },
      { ...GOOD, kind: 'SPAN_KIND_CLIENT', status: { code: 'STATUS_CODE_ERROR', message: 'no' } },
      { ...GOOD, somethingNew: { deep: [1] } },
      { ...GOOD, spanId: 'a1b2c3' },
    );
    expect(decoded.spans).toHaveLength(4);
    expect(decoded.spans.map(({ failed }) => failed)).toEqual([false, false, true, false]);
    expect(JSON.parse(encodeAnswer('traces', decoded, 'json') as string)).toEqual({
      partialSuccess: { rejectedSpans: '1', errorMessage: `${at(4)}: span_id (chat gpt-4o)` },
    });
    const bytes = encodeAnswer('traces', decoded, 'protobuf') as Uint8Array;
    expect(fromBinary(ExportTraceServiceResponseSchema, bytes).partialSuccess?.rejectedSpans).toBe(1n);
  });

  it('answers nothing at all when everything was taken', () => {
    for (const signal of ['traces', 'logs', 'metrics'] as const) {
      expect(encodeAnswer(signal, decodeJson(GOOD), 'json')).toBe('{}');
      expect(encodeAnswer(signal, decodeJson(GOOD), 'protobuf')).toHaveLength(0);
    }
  });

  it('says an error as google.rpc.Status in the encoding of the request', () => {
    expect(encodeStatus('invalid_argument', 'no JSON', 'json')).toBe('{"code":3,"message":"no JSON"}');
    const bytes = encodeStatus('unavailable', 'later', 'protobuf') as Uint8Array;
    expect(fromBinary(StatusSchema, bytes)).toMatchObject({ code: 14, message: 'later' });
  });

  it('is not lost by a neighbour of any bad shape', () => {
    const bad = [
      null,
      7,
      'span',
      [],
      {},
      { ...GOOD, attributes: { a: 'b' } },
      { ...GOOD, startTimeUnixNano: '2025-11-26T00:00:00Z' },
      { ...GOOD, endTimeUnixNano: 1.5 },
    ];
    const decoded = decodeJson(GOOD, ...bad, GOOD);
    expect(decoded.spans).toHaveLength(2);
    expect(decoded.rejectedCount).toBe(bad.length);
  });

  it('is not lost by a resource or scope of any bad shape', () => {
    const [group] = request(GOOD).resourceSpans;
    const decoded = decodeTraces({
      json: JSON.stringify({ resourceSpans: [null, { scopeSpans: 'x' }, { scopeSpans: [3, null] }, group] }),
    });
    expect(decoded.spans).toHaveLength(1);
    expect(reasons(decoded)).toEqual([
      ['resourceSpans[0]', 'malformed'],
      ['resourceSpans[1]', 'malformed'],
      ['resourceSpans[2].scopeSpans[0]', 'malformed'],
      ['resourceSpans[2].scopeSpans[1]', 'malformed'],
    ]);
  });

  it('is not lost by one span of broken bytes', () => {
    const bytes = binaryOf(request(GOOD, { ...GOOD, name: 'BROKEN' }, GOOD));
    const place = Buffer.from(bytes).indexOf('BROKEN');
    bytes[place] = 0xff; // no UTF-8
    const decoded = decodeTraces({ protobuf: bytes });
    expect(decoded.spans).toHaveLength(2);
    expect(reasons(decoded)).toEqual([[at(1), 'malformed']]);
  });

  it('of another signal has no span in it, and each is named', () => {
    const record = { timeUnixNano: '1764152777123456789', severityText: 'INFO', body: { stringValue: 'x' } };
    const decoded = decodeTraces({ json: JSON.stringify(request(record, record)) });
    expect([decoded.spans.length, decoded.rejectedCount]).toEqual([0, 2]);
  });
});

describe('a body', () => {
  it.each(['', '{', 'null', '[]', '"x"', '{"resourceSpans":{}}', '{"resourceSpans":"x"}'])(
    'that is no request is one error: %s',
    (json) => {
      expect(() => decodeTraces({ json })).toThrow(UndecodableError);
    },
  );

  it('without anything in it is a request of nothing', () => {
    const nothing = { spans: [], rejected: [], rejectedCount: 0 };
    expect(decodeTraces({ json: '{}' })).toEqual(nothing);
    expect(decodeTraces({ protobuf: new Uint8Array() })).toEqual(nothing);
  });

  it('may use the names of the .proto files', () => {
    const json = JSON.stringify(request(GOOD)).replace(/"(\w+)":/g, (_, key: string) =>
      key === 'stringValue' || key === 'intValue'
        ? `"${key}":`
        : `"${key.replace(/[A-Z]/g, (l) => `_${l.toLowerCase()}`)}":`,
    );
    expect(json).toContain('start_time_unix_nano');
    expect(decodeTraces({ json })).toEqual(decodeJson(GOOD));
  });
});

describe('times', () => {
  const times = (start: unknown, end: unknown) => {
    const { spans, rejected } = decodeJson({ ...GOOD, startTimeUnixNano: start, endTimeUnixNano: end });
    return spans[0]?.times ?? rejected[0]?.reason;
  };
  const NOW = 1764152777123456789n;

  it('leave the duration unknown when the end is before the start, absent or of no year', () => {
    for (const end of [
      String(NOW - 40_000_000n),
      '0',
      undefined,
      '6090000000000000000',
      '18446744073709551615',
    ]) {
      expect(times(String(NOW), end)).toMatchObject({
        start: NOW,
        durationNs: null,
        marks: ['duration_unknown'],
      });
    }
  });

  it('place a span at its end when the start cannot be', () => {
    for (const start of ['0', undefined, '1000000000', -1, '-62135596800000000000', '6090000000000000000']) {
      expect(times(start, String(NOW))).toEqual({
        start: NOW,
        end: NOW,
        durationNs: null,
        marks: ['duration_unknown', 'start_unknown'],
      });
    }
  });

  it('name a span that no year has', () => {
    for (const time of [undefined, '0', '1000000000', '6090000000000000000']) {
      expect(times(time, time)).toBe('no_time_that_can_be');
    }
  });

  it('know zero from unknown', () => {
    expect(times(String(NOW), String(NOW))).toMatchObject({ durationNs: 0n, marks: [] });
  });
});

describe('bounds', () => {
  const span = (value: unknown) => ({ ...GOOD, attributes: [{ key: 'a', value }] });
  const read = (value: unknown) => only(decodeJson(span(value)).spans);
  const nested = (depth: number): unknown =>
    depth === 0 ? { intValue: 1 } : { arrayValue: { values: [nested(depth - 1)] } };

  it('cut depth, length, width and number of attributes, and say so', () => {
    expect(read(nested(500)).cut).toBe(true);
    expect(JSON.stringify(read(nested(500)).attributes.get('a')).length).toBeLessThan(50);
    const long = read({ stringValue: 'x'.repeat(LIMITS.text + 1) });
    expect([long.cut, (long.attributes.get('a') as string).length]).toEqual([true, LIMITS.text]);
    const wide = {
      arrayValue: { values: Array.from({ length: LIMITS.values + 1 }, () => ({ intValue: 1 })) },
    };
    expect([read(wide).cut, (read(wide).attributes.get('a') as unknown[]).length]).toEqual([
      true,
      LIMITS.values,
    ]);
    const many = Array.from({ length: LIMITS.attributes + 1 }, (_, i) => ({
      key: `k${i}`,
      value: { intValue: i },
    }));
    const { cut, attributes } = only(decodeJson({ ...GOOD, attributes: many }).spans);
    expect([cut, attributes.size]).toEqual([true, LIMITS.attributes]);
    expect(read({ intValue: 1 }).cut).toBe(false);
  });

  it('count the spans that are too many and list the first of them', () => {
    const limits = { ...LIMITS, spans: 2, listed: 1 };
    const decoded = decodeTraces({ json: JSON.stringify(request(GOOD, GOOD, GOOD, GOOD)) }, limits);
    expect([decoded.spans.length, decoded.rejectedCount]).toEqual([2, 2]);
    expect(reasons(decoded)).toEqual([[at(2), 'too_many_spans']]);
  });

  it('let a key be any text, and a text be one that a database takes', () => {
    const { attributes } = only(
      decodeJson({
        ...GOOD,
        name: 'a\0b',
        attributes: [
          {
            key: '__proto__',
            value: { kvlistValue: { values: [{ key: '__proto__', value: { intValue: 1 } }] } },
          },
        ],
      }).spans,
    );
    expect(Object.keys(attributes.get('__proto__') as object)).toEqual(['__proto__']);
    expect(only(decodeJson({ ...GOOD, name: 'a\0b\ud800' }).spans).name).toBe('a\uFFFDb\uFFFD');
  });
});
