/** Guarantees: a span says the same in JSON and in protobuf, held against the generated messages. */
import { base64Encode } from '@bufbuild/protobuf/wire';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { binaryOf } from '../testing/binary.js';
import { decodeTraces } from './traces.js';

const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const hex = (bytes: number) =>
  fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    .filter((id) => id.some((byte) => byte !== 0))
    .map((id) => Array.from(id, (byte) => byte.toString(16).padStart(2, '0')).join(''));
const time = fc.bigInt(0n, 2n ** 64n - 1n).map(String);

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant({}),
    text.map((stringValue) => ({ stringValue })),
    fc.boolean().map((boolValue) => ({ boolValue })),
    fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n).map((integer) => ({ intValue: String(integer) })),
    fc.double().map((double) => ({ doubleValue: Number.isFinite(double) ? double : String(double) })),
    fc.uint8Array({ maxLength: 8 }).map((bytes) => ({ bytesValue: base64Encode(bytes) })),
    fc.array(tie('value'), { maxLength: 3 }).map((values) => ({ arrayValue: { values } })),
    fc
      .array(fc.record({ key: text, value: tie('value') }), { maxLength: 3 })
      .map((values) => ({ kvlistValue: { values } })),
  ),
}));
const attributes = fc.array(fc.record({ key: text, value }), { maxLength: 5 });

const span = fc.record(
  {
    traceId: hex(16),
    spanId: hex(8),
    parentSpanId: hex(8),
    name: text,
    kind: fc.nat(5),
    startTimeUnixNano: fc.oneof(time, fc.constant('1764152777123456789')),
    endTimeUnixNano: fc.oneof(time, fc.constant('1764152777123456917')),
    attributes,
    events: fc.array(fc.record({ name: text, timeUnixNano: time, attributes }), { maxLength: 2 }),
    status: fc.record({ code: fc.nat(2), message: text }),
  },
  { requiredKeys: ['traceId', 'spanId'] },
);

it('whatever the span and however deep its attributes', { timeout: 60_000 }, () => {
  let compared = 0;
  fc.assert(
    fc.property(fc.array(span, { maxLength: 4 }), attributes, text, (spans, ofResource, scope) => {
      const request = {
        resourceSpans: [
          { resource: { attributes: ofResource }, scopeSpans: [{ scope: { name: scope }, spans }] },
        ],
      };
      const fromJson = decodeTraces({ json: JSON.stringify(request) });
      expect(decodeTraces({ protobuf: binaryOf(request) })).toEqual(fromJson);
      compared += fromJson.spans.length;
    }),
    { seed: 8, numRuns: 1_000 },
  );
  expect(compared).toBeGreaterThan(500);
});
