import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contributions, type Contribution } from './contributions.js';
import type { Value } from './decode/raw-span.js';
import type { Span } from './span.js';
import { NOON, SECOND, span, type Sketched } from './testing/raw.js';
import { inputOf, outputOf } from './tokens.js';

const usage = (input: number, output: number) => ({
  'gen_ai.usage.input_tokens': input,
  'gen_ai.usage.output_tokens': output,
});
const chat = (sketched: Sketched, input = 100, output = 20) =>
  span({
    name: 'chat gpt-4o',
    ...sketched,
    attributes: { 'gen_ai.operation.name': 'chat', ...usage(input, output), ...sketched.attributes },
  });
const agent = (sketched: Sketched, name = 'planner') =>
  span({
    name: `invoke_agent ${name}`,
    ...sketched,
    attributes: {
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.agent.name': name,
      ...sketched.attributes,
    },
  });
const tool = (sketched: Sketched) =>
  span({ name: 'execute_tool lookup', ...sketched, attributes: { 'gen_ai.operation.name': 'execute_tool' } });

const add = (...spans: Span[]) => contributions(spans, []);
const sums = (shares: readonly Contribution[]) => ({
  calls: shares.reduce((sum, { counts }) => sum + counts.calls, 0),
  input: shares.reduce((sum, { tokens }) => sum + inputOf(tokens), 0),
  output: shares.reduce((sum, { tokens }) => sum + outputOf(tokens), 0),
});
const of = (shares: readonly Contribution[], id: string) =>
  shares.find(({ spanId }) => spanId === id.padStart(16, '0'));

describe('usage', () => {
  it('that an agent sums up, carries over or repeats is its calls’ alone', () => {
    for (const said of [
      usage(113, 11),
      usage(57, 6),
      { 'gen_ai.aggregated_usage.input_tokens': 103, ...usage(216, 17) },
    ]) {
      const shares = add(
        agent({ id: 'a', attributes: said }),
        chat({ id: 'b', parent: 'a' }, 56, 5),
        chat({ id: 'c', parent: 'a' }, 57, 6),
      );
      expect(sums(shares)).toEqual({ calls: 2, input: 113, output: 11 });
    }
  });

  it('of one call that two instrumentations tell is counted once', () => {
    const outer = chat({ id: 'a', name: 'call_llm' });
    const inner = chat({ id: 'b', parent: 'a', attributes: { 'gen_ai.operation.name': 'generate_content' } });
    const third = chat({ id: 'c', parent: 'b' });
    expect(sums(add(outer, inner))).toEqual({ calls: 1, input: 100, output: 20 });
    expect(sums(add(outer, inner, third))).toEqual({ calls: 1, input: 100, output: 20 });
  });

  it('of one call is found through steps in between, but not through a tool or an agent', () => {
    const step = (sketched: Sketched) =>
      span({ ...sketched, attributes: { 'openinference.span.kind': 'CHAIN' } });
    expect(
      sums(add(chat({ id: 'a' }), step({ id: 'b', parent: 'a' }), chat({ id: 'c', parent: 'b' }))).calls,
    ).toBe(1);
    expect(
      sums(add(chat({ id: 'a' }), tool({ id: 'b', parent: 'a' }), chat({ id: 'c', parent: 'b' }))).calls,
    ).toBe(2);
    expect(
      sums(add(chat({ id: 'a' }), agent({ id: 'b', parent: 'a' }), chat({ id: 'c', parent: 'b' }))).calls,
    ).toBe(2);
  });

  it('is the outer span’s where the inner says nothing of it', () => {
    const silent = (sketched: Sketched) =>
      span({ ...sketched, attributes: { 'gen_ai.operation.name': 'chat' } });
    const shares = add(chat({ id: 'a' }), silent({ id: 'b', parent: 'a' }));
    expect(sums(shares)).toEqual({ calls: 1, input: 100, output: 20 });
    expect(of(shares, 'a')?.dimensions.role).toBe('call');
    expect(sums(add(silent({ id: 'a' }), silent({ id: 'b', parent: 'a' }))).calls).toBe(1);
    expect(
      sums(add(chat({ id: 'a' }), silent({ id: 'b', parent: 'a' }), chat({ id: 'c', parent: 'a' }))).input,
    ).toBe(100);
  });

  it('of an embedding within a chat is a call of its own', () => {
    const embed = span({
      id: 'b',
      parent: 'a',
      attributes: { 'gen_ai.operation.name': 'embeddings', 'gen_ai.usage.input_tokens': 8 },
    });
    expect(sums(add(chat({ id: 'a' }), embed))).toEqual({ calls: 2, input: 108, output: 20 });
  });
});

describe('a tool’s call', () => {
  const call = (id: string, parent: string | null, name: string) =>
    span({
      id,
      parent,
      name,
      attributes: { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'lookup' },
    });
  const tools = (shares: readonly Contribution[]) =>
    shares.reduce((sum, { counts }) => sum + counts.toolCalls, 0);

  it('that the agent, an MCP client and its server tell of is counted once, as the agent saw it', () => {
    const shares = add(
      call('a', null, 'execute_tool lookup'),
      call('b', 'a', 'tools/call lookup'),
      span({ id: 'c', parent: 'b', name: 'POST /mcp' }),
      call('d', 'c', 'tools/call lookup'),
    );
    expect(tools(shares)).toBe(1);
    expect(of(shares, 'a')?.dimensions.role).toBe('tool');
  });

  it('that a model or an agent makes within it is one more', () => {
    expect(tools(add(call('a', null, 'x'), chat({ id: 'b', parent: 'a' }), call('c', 'b', 'x')))).toBe(2);
    expect(tools(add(call('a', null, 'x'), agent({ id: 'b', parent: 'a' }), call('c', 'b', 'x')))).toBe(2);
    expect(tools(add(call('a', null, 'x'), tool({ id: 'b', parent: 'a' })))).toBe(1);
    expect(tools(add(call('a', null, 'x'), call('b', null, 'x')))).toBe(2);
  });
});

describe('what stands on one span only', { timeout: 60_000 }, () => {
  const late = agent({
    id: 'a',
    end: NOON + 9n * SECOND,
    attributes: { 'user.id': 'u-1', 'reeve.segment': 'gold', 'reeve.route': '/refunds', 'session.id': 's' },
  });
  const early = [chat({ id: 'b', parent: 'a' }), chat({ id: 'c', parent: 'a' }, 7, 3)];

  it('moves what came before it, sums unchanged', () => {
    const before = add(...early);
    const after = add(...early, late);
    expect(new Set(before.map(({ dimensions }) => dimensions.segment))).toEqual(new Set([null]));
    expect(new Set(after.map(({ dimensions }) => dimensions.segment))).toEqual(new Set(['gold']));
    expect(new Set(after.map(({ user, thread }) => `${user}/${thread}`))).toEqual(new Set(['u-1/s']));
    expect(sums(after)).toEqual(sums(before));
  });

  it('is of the nearest above, then of the root, then of whichever says it first', () => {
    const segment = (name: string): Record<string, Value> => ({ 'reeve.segment': name });
    const shares = add(
      agent({ id: 'a', attributes: segment('root') }),
      tool({ id: 'b', parent: 'a' }),
      span({ id: 'c', parent: 'b', attributes: segment('near') }),
      chat({ id: 'd', parent: 'c' }),
      chat({ id: 'e', parent: 'b' }),
      chat({ id: 'f', parent: '9999' }),
      chat({ id: '1', parent: 'c', attributes: segment('own') }),
    );
    const found = Object.fromEntries(
      ['d', 'e', 'f', '1'].map((id) => [id, of(shares, id)?.dimensions.segment]),
    );
    expect(found).toEqual({ d: 'near', e: 'root', f: 'root', 1: 'own' });
    const rootless = add(
      chat({ id: 'b', parent: '99', start: NOON + SECOND, attributes: segment('second') }),
      chat({ id: 'c', parent: '99', attributes: segment('first') }),
      chat({ id: 'd', parent: '99' }),
    );
    expect(of(rootless, 'd')?.dimensions.segment).toBe('first');
  });

  it('is not the route of another service further in', () => {
    const server = (sketched: Sketched, route: string) =>
      span({ name: `POST ${route}`, ...sketched, attributes: { 'http.route': route } });
    const shares = add(
      server({ id: 'a' }, '/chat'),
      chat({ id: 'b', parent: 'a' }),
      tool({ id: 'c', parent: 'a' }),
      server({ id: 'd', parent: 'c' }, '/internal/stock'),
    );
    expect(shares.map(({ dimensions }) => dimensions.route)).toEqual(['/chat', '/chat', '/chat', '/chat']);
    const rootless = add(
      chat({ id: 'b', parent: '99' }),
      server({ id: 'd', parent: 'b' }, '/internal/stock'),
    );
    expect(rootless.map(({ dimensions }) => dimensions.route)).toEqual([null, null]);
  });

  it('is of no order: any order and repetition of a trace adds the same', () => {
    const id = fc.integer({ min: 1, max: 12 }).map(String);
    const kinds = [chat, agent, tool, (sketched: Sketched) => span(sketched)];
    const anySpan = fc
      .record({
        id,
        parent: fc.option(id),
        kind: fc.nat(kinds.length - 1),
        start: fc.bigInt(0n, 5n),
        said: fc.dictionary(
          fc.constantFrom(
            'user.id',
            'reeve.segment',
            'reeve.route',
            'langgraph_node',
            'langfuse.environment',
          ),
          fc.constantFrom('x', 'y', 'sdk-experiment'),
          { maxKeys: 2 },
        ),
      })
      .map(({ kind, said, start, ...one }) => {
        const make = kinds[kind] ?? span;
        return make({ ...one, start: NOON + start * SECOND, attributes: said });
      });
    let asserted = 0;
    fc.assert(
      fc.property(
        fc.array(anySpan, { minLength: 1, maxLength: 16 }).chain((spans) =>
          fc.tuple(
            fc.constant(spans),
            fc.shuffledSubarray([...spans, ...spans], {
              minLength: spans.length * 2,
              maxLength: spans.length * 2,
            }),
          ),
        ),
        ([spans, shuffled]) => {
          const shares = contributions(spans, []);
          expect(contributions(shuffled, [])).toEqual(shares);
          expect(shares).toHaveLength(new Set(spans.map(({ spanId }) => spanId)).size);
          asserted += 1;
        },
      ),
      { seed: 8, numRuns: 800 },
    );
    expect(asserted).toBe(800);
  });
});

describe('a node', () => {
  const inNode = (node: string): Record<string, Value> => ({
    'langfuse.observation.metadata.langgraph_node': node,
  });
  const graph = [
    span({ id: 'a', name: 'LangGraph' }),
    span({ id: 'b', parent: 'a', name: 'agent', attributes: inNode('agent') }),
    span({ id: 'c', parent: 'b', name: 'should_continue', attributes: inNode('agent') }),
    chat({ id: 'd', parent: 'b', attributes: inNode('agent') }),
    chat({ id: 'e', parent: 'c' }),
  ];

  it('is visited by the span that has its name; what is below it stands in it', () => {
    const shares = add(...graph);
    expect(shares.map(({ dimensions: { role, node } }) => [role, node])).toEqual([
      ['other', null],
      ['visit', 'agent'],
      ['other', 'agent'],
      ['call', 'agent'],
      ['call', 'agent'],
    ]);
  });

  it('is an agent where there is no graph, visited once when two tell of it, and again through a tool', () => {
    const shares = add(
      agent({ id: 'a' }),
      agent({ id: 'b', parent: 'a' }),
      tool({ id: 'c', parent: 'b' }),
      agent({ id: 'd', parent: 'c' }),
      agent({ id: 'e', parent: 'b' }, 'writer'),
      chat({ id: 'f', parent: 'e' }),
    );
    expect(shares.map(({ dimensions: { role, node } }) => [role, node])).toEqual([
      ['visit', 'planner'],
      ['other', 'planner'],
      ['tool', 'planner'],
      ['visit', 'planner'],
      ['visit', 'writer'],
      ['call', 'writer'],
    ]);
  });
});

describe('a trace', { timeout: 60_000 }, () => {
  it('of a judge or an experiment is no users’ traffic, whichever of its spans says so', () => {
    for (const environment of ['sdk-experiment', 'langfuse-llm-as-a-judge']) {
      const shares = add(
        chat({ id: 'a' }),
        chat({ id: 'b', attributes: { 'langfuse.environment': environment } }),
      );
      expect(shares.map(({ dimensions }) => dimensions.traffic)).toEqual(['evaluation', 'evaluation']);
    }
    expect(add(chat({ id: 'a' })).map(({ dimensions }) => dimensions.traffic)).toEqual(['live']);
  });

  it('of parents in a ring, of itself or of nobody is read to its end', () => {
    const shares = add(
      chat({ id: 'a', parent: 'b' }),
      chat({ id: 'b', parent: 'a', attributes: { 'reeve.segment': 'gold' } }),
      chat({ id: 'c', parent: 'c' }),
      chat({ id: 'd', parent: 'a' }),
    );
    expect(shares.map(({ dimensions }) => dimensions.segment)).toEqual(['gold', 'gold', 'gold', 'gold']);
    expect(add()).toEqual([]);
  });

  it('of 20,000 spans in one chain, or under one root, is read in one walk each', () => {
    const many = Array.from({ length: 20_000 }, (_, i) => i + 1);
    const chain = many.map((i) => chat({ id: String(i), parent: i === 1 ? null : String(i - 1) }));
    expect(sums(contributions(chain, [])).calls).toBe(1);
    const star = many.map((i) => chat({ id: String(i), parent: i === 1 ? null : '1' }));
    expect(sums(contributions(star, [])).calls).toBe(19_999);
  });

  it('says the run that is named, else itself, and stands in the minute of each start', () => {
    const [share] = add(chat({ id: 'a', start: NOON + 61n * SECOND, attributes: { 'reeve.run_id': 'r-1' } }));
    expect(share).toMatchObject({ run: 'r-1', minute: Number(NOON / (60n * SECOND)) + 1 });
    expect(add(chat({ id: 'a' }))[0]?.run).toBe('4fd0b6131f19f39af59518d127b0cafe');
  });
});
