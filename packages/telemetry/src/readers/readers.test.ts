import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RefusedError } from '../decode/refusals.js';
import { nanosecondsOf } from './foreign-values.js';
import { spanOfLangfuse } from './langfuse.js';
import { joinRuns, spanOfLangSmith } from './langsmith.js';

const NOON = '2026-11-21T12:00:00.123Z';

describe('a time of another system', () => {
  it('is the moment that it says, whatever its zone and its digits', () => {
    let asserted = 0;
    fc.assert(
      fc.property(
        fc.date({
          min: new Date('0100-01-01T00:00:00Z'),
          max: new Date('9999-12-30T00:00:00Z'),
          noInvalidDate: true,
        }),
        fc.integer({ min: -14 * 60, max: 14 * 60 }),
        (date, zone) => {
          const shifted = new Date(date.getTime() + zone * 60_000).toISOString();
          if (!/^\d{4}/.test(shifted)) return;
          const two = (n: number) => String(n).padStart(2, '0');
          const offset = `${zone < 0 ? '-' : '+'}${two(Math.floor(Math.abs(zone) / 60))}:${two(Math.abs(zone) % 60)}`;
          expect(nanosecondsOf(date.toISOString())).toBe(BigInt(date.getTime()) * 1_000_000n);
          expect(nanosecondsOf(shifted.replace('Z', offset))).toBe(BigInt(date.getTime()) * 1_000_000n);
          asserted += 1;
        },
      ),
      { seed: 8, numRuns: 1_000 },
    );
    expect(asserted).toBeGreaterThan(900);
    expect(nanosecondsOf('2026-11-21T12:00:00.123456789')).toBe(1_795_262_400_123_456_789n);
    expect(nanosecondsOf(1_795_262_400_123.456)).toBe(1_795_262_400_123_456_000n);
  });

  it.each([null, undefined, '', 'yesterday', '2026-11-21', Number.NaN, {}, '2026-11-21T12:00:00+'])(
    'is none: %s',
    (json) => {
      expect(nanosecondsOf(json)).toBeNull();
    },
  );
});

const row = (more: Readonly<Record<string, unknown>> = {}) => ({
  id: 'obs-1',
  traceId: 'trace-1',
  type: 'GENERATION',
  name: 'answer',
  startTime: NOON,
  endTime: '2026-11-21T12:00:01.123Z',
  parentObservationId: null,
  level: 'DEFAULT',
  statusMessage: '',
  userId: '',
  sessionId: '',
  model: 'gpt-4o',
  usageDetails: { input: 5, input_cached_tokens: 10, output: 2 },
  costDetails: {},
  ...more,
});

describe('an observation of Langfuse', () => {
  it('is a span in the words of OTLP', () => {
    expect(spanOfLangfuse(row({ costDetails: { input: 0.1, output: 0.2, total: 0.3 } }))).toMatchObject({
      source: 'langfuse',
      operation: 'chat',
      model: 'gpt-4o',
      durationNs: 1_000_000_000n,
      costSent: 300_000_000_000n,
      tokens: { inputUncached: 5, inputCacheRead: 10, outputText: 2 },
      user: null,
      thread: null,
    });
  });

  it('without a price has no cost, not a cost of nothing', () => {
    expect(spanOfLangfuse(row()).costSent).toBeNull();
  });

  it('of v1 gets from its trace what only the trace says', () => {
    const trace = { userId: 'u', sessionId: 's', metadata: { route: '/refunds', segment: 'gold' } };
    expect(spanOfLangfuse(row(), trace)).toMatchObject({
      user: 'u',
      thread: 's',
      route: '/refunds',
      segment: 'gold',
    });
    expect(spanOfLangfuse(row({ userId: 'own' }), trace).user).toBe('own');
  });

  it('reads what its exporter sent, nested as in v1 and joined as in v2', () => {
    const nested = {
      attributes: { 'gen_ai.tool.name': 'lookup' },
      resourceAttributes: { 'service.name': 'shop' },
      scope: { name: 'x' },
      langgraph_node: 'agent',
    };
    const joined = {
      'attributes.gen_ai.tool.name': 'lookup',
      'resourceAttributes.service.name': 'shop',
      'scope.name': 'x',
      langgraph_node: 'agent',
    };
    for (const metadata of [nested, joined]) {
      expect(spanOfLangfuse(row({ type: 'TOOL', metadata }))).toMatchObject({
        tool: 'lookup',
        assistant: 'shop',
        node: 'agent',
        attributes: { 'otel.scope.name': 'x' },
      });
    }
  });

  it.each([null, 7, {}, row({ id: '' }), row({ traceId: null }), row({ startTime: 'x', endTime: null })])(
    'is none, and says which of it is wrong',
    (json) => {
      expect(() => spanOfLangfuse(json)).toThrow(RefusedError);
    },
  );
});

const RUN = {
  id: '018f0000-0000-7000-8000-000000000002',
  trace_id: '018f0000-0000-7000-8000-000000000001',
  dotted_order:
    '20261121T120000000000Z018f0000-0000-7000-8000-000000000001.20261121T120000123000Z018f0000-0000-7000-8000-000000000002',
  name: 'ChatOpenAI',
  run_type: 'llm',
  start_time: '2026-11-21T12:00:00.123000+00:00',
  inputs: { messages: [[{ content: 'hello' }]] },
  extra: {
    metadata: { langgraph_node: 'agent', thread_id: 't-1', ls_model_name: 'gpt-4o', ls_provider: 'openai' },
  },
};
const END = {
  id: RUN.id,
  trace_id: RUN.trace_id,
  dotted_order: RUN.dotted_order,
  end_time: '2026-11-21T12:00:01.123000+00:00',
  outputs: {
    generations: [
      [
        {
          message: {
            kwargs: {
              usage_metadata: {
                input_tokens: 100,
                output_tokens: 20,
                total_tokens: 120,
                input_token_details: { cache_read: 60 },
                output_token_details: { reasoning: 5 },
              },
            },
          },
        },
      ],
    ],
  },
};

describe('a run of LangSmith', () => {
  it('that a batch begins and ends is one span', () => {
    const [run, ...others] = joinRuns([RUN], [END]);
    expect(others).toEqual([]);
    expect(spanOfLangSmith(run)).toMatchObject({
      source: 'langsmith',
      traceId: '018f0000000070008000000000000001',
      spanId: '018f0000000070008000000000000002',
      parentSpanId: '018f0000000070008000000000000001',
      operation: 'chat',
      node: 'agent',
      thread: 't-1',
      model: 'gpt-4o',
      provider: 'openai',
      durationNs: 1_000_000_000n,
      tokens: { inputUncached: 40, inputCacheRead: 60, outputText: 15, outputReasoning: 5 },
      content: { input: RUN.inputs },
    });
  });

  it('that only ends knows its beginning, its trace and its parent from its order', () => {
    const { id: _, trace_id: __, ...end } = END;
    expect(spanOfLangSmith(end)).toMatchObject({
      traceId: '018f0000000070008000000000000001',
      spanId: '018f0000000070008000000000000002',
      parentSpanId: '018f0000000070008000000000000001',
      durationNs: 1_000_000_000n,
    });
  });

  it('that failed says so, and one of an older provider its tokens', () => {
    const failed = {
      ...RUN,
      error: 'Timeout()',
      outputs: { llm_output: { token_usage: { prompt_tokens: 7 } } },
    };
    expect(spanOfLangSmith(failed)).toMatchObject({ error: true, tokens: { inputUncached: 7 }, end: null });
  });

  it('that is none is refused', () => {
    for (const run of [
      null,
      'x',
      {},
      { ...RUN, id: 7, dotted_order: '' },
      { ...RUN, start_time: '0001-01-01T00:00:00', dotted_order: '' },
    ]) {
      expect(() => spanOfLangSmith(run)).toThrow(RefusedError);
    }
    expect(joinRuns([null, 7], [null])).toHaveLength(2);
  });
});
