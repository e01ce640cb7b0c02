/** Guarantees: the recorded runs add up to their totals exactly, once, twice, shuffled and in any split of batches. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contributions, type Contribution } from './contributions.js';
import { decodeTraces } from './decode/traces.js';
import { merge } from './merge.js';
import { picoUsdOf } from './money.js';
import { normalise } from './normalise/normalise.js';
import { spanOfLangfuse } from './readers/langfuse.js';
import type { Span } from './span.js';
import { binaryOf } from './testing/binary.js';
import { groupBy } from './testing/group-by.js';
import { recordedRows, runPayloads, runTotals } from './testing/recorded.js';
import { inputOf, outputOf } from './tokens.js';

const byJson = () =>
  runPayloads().flatMap((payload) => decodeTraces({ json: JSON.stringify(payload) }).spans);

const wanted = new Map(
  runTotals().map((run) => [
    run.trace_id,
    {
      spans: run.spans,
      chats: run.chat_spans,
      input: run.input_tokens,
      output: run.output_tokens,
      cost: picoUsdOf(run.cost_usd),
      tools: run.tool_spans,
      toolErrors: run.tool_errors,
      user: run.user_id,
      runs: 1,
      unpriced: 0,
    },
  ]),
);

function totalOf(shares: readonly Contribution[]) {
  const sum = (of: (one: Contribution) => number) => shares.reduce((all, one) => all + of(one), 0);
  return {
    spans: sum(({ counts }) => counts.spans),
    chats: sum(({ counts }) => counts.calls),
    input: sum(({ tokens }) => inputOf(tokens)),
    output: sum(({ tokens }) => outputOf(tokens)),
    cost: shares.reduce((all, one) => all + one.costSent + one.costPriced, 0n),
    tools: sum(({ counts }) => counts.toolCalls),
    toolErrors: sum(({ counts }) => counts.toolErrors),
    user: new Set(shares.map(({ user }) => user)).size === 1 ? (shares[0]?.user ?? null) : 'more than one',
    runs: sum(({ counts }) => counts.runs),
    unpriced: sum(({ counts }) => counts.unpricedCalls),
  };
}

const totals = (spans: readonly Span[]) =>
  new Map(
    [...groupBy(spans, ({ traceId }) => traceId)].map(([id, trace]) => [
      id,
      totalOf(contributions(trace, [])),
    ]),
  );

const OTLP = byJson().map((raw) => normalise(raw));
const IDS = new Set(wanted.keys());
const PULLED = recordedRows('v2')
  .filter(({ traceId }) => IDS.has(traceId))
  .map((row) => spanOfLangfuse(row));

describe('the recorded runs', { timeout: 60_000 }, () => {
  it('add up to their totals by OTLP in JSON and in protobuf', () => {
    const bytes = runPayloads().flatMap((payload) => decodeTraces({ protobuf: binaryOf(payload) }).spans);
    expect(wanted.size).toBe(46);
    expect(totals(OTLP)).toEqual(wanted);
    expect(totals(bytes.map((raw) => normalise(raw)))).toEqual(wanted);
  });

  it('add up to the same from the pages of Langfuse v2', () => {
    expect(PULLED).toHaveLength(876);
    const found = totals(PULLED);
    expect(found).toEqual(wanted);
  });

  it('add up to the same when both ways and repetitions come in any order', () => {
    let asserted = 0;
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...OTLP, ...OTLP, ...PULLED], { minLength: 2_628, maxLength: 2_628 }),
        (spans) => {
          expect(totals(spans)).toEqual(wanted);
          asserted += 1;
        },
      ),
      { seed: 8, numRuns: 8 },
    );
    expect(asserted).toBe(8);
  });

  it('add up to the same when each batch adds the difference that it makes', () => {
    let asserted = 0;
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...OTLP, ...PULLED], { minLength: 1_752, maxLength: 1_752 }),
        fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 3, maxLength: 10 }),
        (spans, sizes) => {
          const storage = new Storage();
          for (let at = 0, turn = 0; at < spans.length; turn += 1) {
            const size = sizes[turn % sizes.length] ?? 1;
            storage.add(spans.slice(at, at + size));
            at += size;
          }
          expect(storage.totals()).toEqual(totals(OTLP));
          asserted += 1;
        },
      ),
      { seed: 8, numRuns: 5 },
    );
    expect(asserted).toBe(5);
  });

  it('keep the durations of OTLP when Langfuse comes too, before or after', () => {
    const p50 = (spans: readonly Span[]) => {
      const tools = spans
        .filter(({ operation }) => operation === 'execute_tool')
        .map(({ durationNs }) => durationNs ?? -1n);
      return tools.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))[Math.ceil(tools.length / 2) - 1];
    };
    const byId = new Map(PULLED.map((span) => [span.spanId, span]));
    const merged = OTLP.map((span) => merge(byId.get(span.spanId) ?? span, span));
    const other = OTLP.map((span) => merge(span, byId.get(span.spanId) ?? span));
    expect(merged).toEqual(OTLP);
    expect(other).toEqual(OTLP);
    expect(p50(merged)).toBe(257_000n); // by nearest rank of 332
    expect(OTLP.filter((span) => byId.get(span.spanId)?.durationNs !== span.durationNs)).toHaveLength(870);
  });

  it('have durations of zero that count and none that are unknown', () => {
    const calls = OTLP.filter(({ operation }) => operation === 'chat');
    expect(calls.filter(({ durationNs }) => durationNs === 0n)).toHaveLength(6);
    expect(OTLP.filter(({ durationNs }) => durationNs === null)).toHaveLength(0);
  });
});

describe('the pages of Langfuse', () => {
  const rows = recordedRows('v2').map((row) => spanOfLangfuse(row));
  const traces = groupBy(rows, ({ traceId }) => traceId);
  const shares = [...traces].flatMap(([id, trace]) =>
    contributions(trace, []).map((one) => ({ ...one, id })),
  );

  it('read to a span for each pair of ids, of which the second alone is no key', () => {
    expect(rows).toHaveLength(931);
    expect(shares).toHaveLength(925);
    expect(new Set(shares.map(({ spanId }) => spanId)).size).toBe(924);
  });

  it('keep its experiments apart from users’ traffic', () => {
    const apart = shares.filter(({ dimensions }) => dimensions.traffic === 'evaluation');
    expect(new Set(apart.map(({ dimensions }) => dimensions.environment))).toEqual(
      new Set(['sdk-experiment']),
    );
    expect(apart).toHaveLength(2);
  });
});

/** What a storage does: keep the span that `merge` says, and what was added for it; add the difference. */
class Storage {
  private readonly spans = new Map<string, Map<string, Span>>();
  private readonly applied = new Map<string, Map<string, Contribution>>();

  add(batch: readonly Span[]): void {
    for (const span of batch) {
      const trace = this.spans.get(span.traceId) ?? new Map<string, Span>();
      const before = trace.get(span.spanId);
      trace.set(span.spanId, before === undefined ? span : merge(before, span));
      this.spans.set(span.traceId, trace);
    }
    for (const id of new Set(batch.map(({ traceId }) => traceId))) {
      const shares = contributions([...(this.spans.get(id)?.values() ?? [])], []);
      this.applied.set(id, new Map(shares.map((one) => [one.spanId, one])));
    }
  }

  totals() {
    return new Map([...this.applied].map(([id, shares]) => [id, totalOf([...shares.values()])]));
  }
}
