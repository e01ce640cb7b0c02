import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { merge } from './merge.js';
import { LOG_POLICIES, redact } from './redact.js';
import { SOURCES, type Span } from './span.js';
import { NOON, SECOND, span } from './testing/raw.js';

const sent = (output: number, end: bigint): Span =>
  span({
    end: NOON + end,
    attributes: { 'gen_ai.usage.input_tokens': 100, 'gen_ai.usage.output_tokens': output },
  });

describe('a span that is sent again', () => {
  it('stands as it ended last, in whatever order it comes', () => {
    const first = sent(0, 5n * SECOND);
    const last = sent(40, 9n * SECOND);
    for (const order of [
      [first, last, first],
      [last, first, first],
      [first, first, last],
    ]) {
      expect(order.reduce(merge)).toBe(last);
    }
  });

  it('stands the same in both orders when both ended at once', () => {
    const [a, b] = [sent(0, SECOND), sent(40, SECOND)];
    expect(merge(a, b)).toEqual(merge(b, a));
  });

  it('stands as OTLP said it, though Langfuse says it ended later', () => {
    const otlp = sent(40, SECOND);
    const pulled: Span = { ...sent(40, 2n * SECOND), source: 'langfuse' };
    expect(merge(otlp, pulled)).toBe(otlp);
    expect(merge(pulled, otlp)).toBe(otlp);
  });

  it('is no other span', () => {
    expect(() => merge(span({ id: '1' }), span({ id: '2' }))).toThrow(RangeError);
  });

  it('is the same in any order, any groups and any number', () => {
    const any = fc
      .record({
        source: fc.constantFrom(...SOURCES),
        end: fc.option(fc.bigInt(0n, 2n)),
        start: fc.bigInt(0n, 2n),
        output: fc.nat(3),
        user: fc.option(fc.constantFrom('a', 'b')),
      })
      .map(({ source, end, start, output, user }): Span => ({
        ...sent(output, 0n),
        source,
        user,
        start: NOON + start,
        end: end === null ? null : NOON + end,
      }));
    let asserted = 0;
    fc.assert(
      fc.property(any, any, any, (a, b, c) => {
        expect(merge(a, b)).toEqual(merge(b, a));
        expect(merge(a, merge(b, c))).toEqual(merge(merge(a, b), c));
        expect(merge(a, a)).toEqual(a);
        asserted += 1;
      }),
      { seed: 8, numRuns: 2_000 },
    );
    expect(asserted).toBe(2_000);
  });

  it('stands against what was redacted when it was stored as it would have before', () => {
    const any = fc
      .record({
        said: fc.constantFrom(null, 'a', 'b'),
        note: fc.constantFrom('a', 'b'),
        name: fc.constantFrom('x', 'y'),
        output: fc.nat(2),
      })
      .map(({ said, note, name, output }): Span => ({
        ...sent(output, SECOND),
        name,
        content: said === null ? null : { input: said, output: null, others: {} },
        attributes: { note, 'gen_ai.request.top_p': said },
      }));
    let asserted = 0;
    fc.assert(
      fc.property(any, any, fc.constantFrom(...LOG_POLICIES), (a, b, policy) => {
        const wanted = redact(merge(a, b), policy);
        expect(redact(merge(redact(a, policy), b), policy)).toEqual(wanted);
        expect(redact(merge(redact(b, policy), a), policy)).toEqual(wanted);
        asserted += 1;
      }),
      { seed: 8, numRuns: 2_000 },
    );
    expect(asserted).toBe(2_000);
  });
});
