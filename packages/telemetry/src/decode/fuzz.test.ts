/** Guarantees: whatever bytes come, reading ends, and ends in spans, refusals or the one error that is told. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contributions } from '../contributions.js';
import { normalise } from '../normalise/normalise.js';
import { PRICES } from '../prices/starting-list.js';
import { binaryOf } from '../testing/binary.js';
import { runPayloads, vendorCases } from '../testing/recorded.js';
import { decodeLogs } from './logs.js';
import { decodeMetrics } from './metrics.js';
import { UndecodableError } from './refusals.js';
import { decodeTraces, type Body } from './traces.js';

/** How many bodies were read, and how many refused whole. */
function readAll(body: Body, tally: { read: number; refused: number; spans: number }): void {
  for (const decode of [decodeTraces, decodeLogs, decodeMetrics]) {
    try {
      const decoded = decode(body);
      tally.read += 1;
      if (!('spans' in decoded)) continue;
      const spans = decoded.spans.map((raw) => normalise(raw));
      tally.spans += spans.length;
      contributions(spans, PRICES);
    } catch (error) {
      if (!(error instanceof UndecodableError)) throw error;
      tally.refused += 1;
    }
  }
}

const PAYLOADS = [...vendorCases().map(({ payload }) => payload), ...runPayloads().slice(0, 3)];
const BINARY = PAYLOADS.flatMap((payload) => {
  try {
    return [binaryOf(payload)];
  } catch {
    return [];
  }
});
const JSONS = PAYLOADS.map((payload) => JSON.stringify(payload));

describe('reading', { timeout: 60_000 }, () => {
  it('ends for any bytes', () => {
    const tally = { read: 0, refused: 0, spans: 0 };
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (protobuf) => readAll({ protobuf }, tally)),
      { seed: 8, numRuns: 3_000 },
    );
    expect(tally.refused).toBeGreaterThan(500);
    expect(tally.read).toBeGreaterThan(50);
  });

  it('ends for recorded bytes with some of them changed, cut or doubled', () => {
    const tally = { read: 0, refused: 0, spans: 0 };
    fc.assert(
      fc.property(
        fc.constantFrom(...BINARY),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 8 }),
        fc.nat(),
        (bytes, changes, cut) => {
          const protobuf = bytes.slice(0, cut % 3 === 0 ? cut % bytes.length : bytes.length);
          for (const [at, byte] of changes) if (protobuf.length > 0) protobuf[at % protobuf.length] = byte;
          readAll({ protobuf }, tally);
        },
      ),
      { seed: 8, numRuns: 2_000 },
    );
    expect(tally.spans).toBeGreaterThan(500);
    expect(tally.refused).toBeGreaterThan(100);
  });

  it('ends for any JSON in the places of a request', () => {
    const tally = { read: 0, refused: 0, spans: 0 };
    const keys = fc.constantFrom(
      'resourceSpans',
      'scopeSpans',
      'spans',
      'attributes',
      'key',
      'value',
      'stringValue',
      'arrayValue',
      'kvlistValue',
      'values',
      'traceId',
      'name',
      'status',
      'events',
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof({ maxDepth: 6 }, fc.jsonValue({ maxDepth: 1 }), tie('list'), tie('object')),
      list: fc.array(tie('tree'), { maxLength: 3 }),
      object: fc.dictionary(keys, tie('tree'), { maxKeys: 4 }),
    }));
    fc.assert(
      fc.property(tree, (json) => {
        readAll({ json: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [json] }] }] }) }, tally);
        readAll({ json: JSON.stringify({ resourceSpans: json }) }, tally);
        readAll({ json: JSON.stringify(json) }, tally);
      }),
      { seed: 8, numRuns: 2_000 },
    );
    expect(tally.read).toBeGreaterThan(5_000);
  });

  it('ends for recorded JSON in which any value is another', () => {
    const tally = { read: 0, refused: 0, spans: 0 };
    fc.assert(
      fc.property(
        fc.constantFrom(...JSONS),
        fc.nat(),
        fc.jsonValue({ maxDepth: 2 }),
        (json, place, other) => {
          let at = 0;
          const count = json.split(':').length;
          const changed: unknown = JSON.parse(json, (_, value: unknown) => {
            at += 1;
            return at === place % count ? other : value;
          });
          readAll({ json: JSON.stringify(changed) }, tally);
        },
      ),
      { seed: 8, numRuns: 2_000 },
    );
    expect(tally.spans).toBeGreaterThan(1_000);
  });

  it('ends for text that is cut anywhere', () => {
    const tally = { read: 0, refused: 0, spans: 0 };
    fc.assert(
      fc.property(fc.constantFrom(...JSONS), fc.nat(), (json, cut) =>
        readAll({ json: json.slice(0, cut % json.length).replace(/"(\d{19})"/g, '$1') }, tally),
      ),
      { seed: 8, numRuns: 500 },
    );
    expect(tally.refused).toBeGreaterThan(1_000);
  });

  it('ends for nesting without an end, in both encodings', () => {
    const tally = { read: 0, refused: 0, spans: 0 };
    readAll({ json: `{"resourceSpans":${'['.repeat(200_000)}${']'.repeat(200_000)}}` }, tally);
    readAll({ json: '['.repeat(1_000_000) }, tally);
    readAll({ protobuf: new Uint8Array(500_000).fill(0x0b) }, tally); // groups in groups
    expect(tally.read + tally.refused).toBe(9);
  });
});
