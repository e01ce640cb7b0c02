/** Guarantees: each dialect says node, tool, model, tokens, thread and user without a setting. */
import { describe, expect, it } from 'vitest';
import { contributions } from '../contributions.js';
import type { Value } from '../decode/raw-span.js';
import { span, type Sketched } from '../testing/raw.js';
import { inputOf, outputOf } from '../tokens.js';

const traceloop = (node: string): Record<string, Value> => ({
  'traceloop.association.properties.langgraph_node': node,
  'traceloop.association.properties.thread_id': 't-1',
  'traceloop.association.properties.user_id': 'u-1',
});
const openInference = (kind: string, node: string | null): Record<string, Value> => ({
  'openinference.span.kind': kind,
  'session.id': 't-1',
  'user.id': 'u-1',
  ...(node === null ? {} : { metadata: JSON.stringify({ langgraph_node: node, langgraph_step: 1 }) }),
});
const vercel = (operation: string): Record<string, Value> => ({
  'operation.name': `${operation} support-bot`,
  'ai.operationId': operation,
  'ai.telemetry.functionId': 'support-bot',
  'ai.telemetry.metadata.sessionId': 't-1',
  'ai.telemetry.metadata.userId': 'u-1',
});
const aiUsage: Record<string, Value> = { 'ai.usage.inputTokens': 100, 'ai.usage.outputTokens': 20 };
const genAiUsage: Record<string, Value> = {
  'gen_ai.usage.input_tokens': 100,
  'gen_ai.usage.output_tokens': 20,
};

/** A step with a model call and a tool call in it, as each instrumentation tells of it. */
const DIALECTS: Readonly<Record<string, { readonly node: string; readonly spans: readonly Sketched[] }>> = {
  'OpenLLMetry of LangGraph': {
    node: 'agent',
    spans: [
      { id: 'a', name: 'LangGraph.workflow', attributes: { 'traceloop.span.kind': 'workflow' } },
      {
        id: 'b',
        parent: 'a',
        name: 'execute_task agent',
        attributes: {
          'traceloop.span.kind': 'task',
          'traceloop.entity.name': 'agent',
          ...traceloop('agent'),
        },
      },
      {
        id: 'c',
        parent: 'b',
        name: 'ChatOpenAI.chat',
        attributes: {
          'llm.request.type': 'chat',
          'gen_ai.request.model': 'gpt-4o',
          ...genAiUsage,
          ...traceloop('agent'),
        },
      },
      {
        id: 'd',
        parent: 'b',
        name: 'execute_tool lookup',
        attributes: {
          'traceloop.span.kind': 'tool',
          'traceloop.entity.name': 'lookup',
          ...traceloop('agent'),
        },
      },
    ],
  },
  'OpenInference of LangGraph': {
    node: 'agent',
    spans: [
      { id: 'a', name: 'LangGraph', attributes: openInference('CHAIN', null) },
      { id: 'b', parent: 'a', name: 'agent', attributes: openInference('CHAIN', 'agent') },
      {
        id: 'c',
        parent: 'b',
        name: 'ChatOpenAI',
        attributes: {
          ...openInference('LLM', 'agent'),
          'llm.model_name': 'gpt-4o',
          'llm.token_count.prompt': 100,
          'llm.token_count.completion': 20,
        },
      },
      {
        id: 'd',
        parent: 'b',
        name: 'lookup',
        attributes: { ...openInference('TOOL', 'agent'), 'tool.name': 'lookup' },
      },
    ],
  },
  'OpenInference of agno': {
    node: 'Researcher',
    spans: [
      {
        id: 'b',
        name: 'Researcher.run',
        attributes: {
          ...openInference('AGENT', null),
          'graph.node.id': 'b1946ac92492d2347c6235b4d2611184',
          'graph.node.name': 'Researcher',
        },
      },
      {
        id: 'c',
        parent: 'b',
        name: 'OpenAIChat.invoke',
        attributes: { ...openInference('LLM', null), 'llm.model_name': 'gpt-4o', ...genAiUsage },
      },
      {
        id: 'd',
        parent: 'b',
        name: 'lookup',
        attributes: { ...openInference('TOOL', null), 'graph.node.name': 'lookup' },
      },
    ],
  },
  'the Vercel AI SDK 5': {
    node: 'support-bot',
    spans: [
      { id: 'b', name: 'ai.generateText', attributes: { ...vercel('ai.generateText'), ...aiUsage } },
      {
        id: 'c',
        parent: 'b',
        name: 'ai.generateText.doGenerate',
        attributes: { ...vercel('ai.generateText.doGenerate'), ...aiUsage, 'ai.model.id': 'gpt-4o' },
      },
      {
        id: 'd',
        parent: 'b',
        name: 'ai.toolCall',
        attributes: { ...vercel('ai.toolCall'), 'ai.toolCall.name': 'lookup', 'ai.toolCall.id': 'call_1' },
      },
    ],
  },
  'the Vercel AI SDK 7 and the conventions': {
    node: 'support-bot',
    spans: [
      {
        id: 'a',
        name: 'invoke_agent gpt-4o',
        attributes: {
          'gen_ai.operation.name': 'invoke_agent',
          'gen_ai.agent.name': 'support-bot',
          'gen_ai.request.model': 'gpt-4o',
          'gen_ai.conversation.id': 't-1',
          'user.id': 'u-1',
          ...genAiUsage,
        },
      },
      { id: 'b', parent: 'a', name: 'step 1', attributes: { 'gen_ai.operation.name': 'agent_step' } },
      {
        id: 'c',
        parent: 'b',
        name: 'chat gpt-4o',
        attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'gpt-4o', ...genAiUsage },
      },
      {
        id: 'd',
        parent: 'b',
        name: 'execute_tool lookup',
        attributes: { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'lookup' },
      },
    ],
  },
  'Google ADK, told twice': {
    node: 'helper',
    spans: [
      {
        id: 'a',
        name: 'agent_run [helper]',
        attributes: { ...openInference('AGENT', null), 'gcp.vertex.agent.session_id': 't-1' },
      },
      {
        id: 'b',
        parent: 'a',
        name: 'call_llm',
        attributes: { ...openInference('LLM', null), 'gen_ai.request.model': 'gpt-4o', ...genAiUsage },
      },
      {
        id: 'c',
        parent: 'b',
        name: 'generate_content gpt-4o',
        attributes: {
          'gen_ai.operation.name': 'generate_content',
          'gen_ai.request.model': 'gpt-4o',
          ...genAiUsage,
        },
      },
      { id: 'd', parent: 'b', name: 'execute_tool lookup', attributes: { 'gen_ai.tool.name': 'lookup' } },
    ],
  },
  'pydantic-ai': {
    node: 'helper',
    spans: [
      {
        id: 'a',
        name: 'helper run',
        attributes: {
          agent_name: 'helper',
          model_name: 'gpt-4o',
          'session.id': 't-1',
          'user.id': 'u-1',
          ...genAiUsage,
        },
      },
      {
        id: 'c',
        parent: 'a',
        name: 'chat gpt-4o',
        attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.response.model': 'gpt-4o', ...genAiUsage },
      },
      {
        id: 'd',
        parent: 'a',
        name: 'running tool: lookup',
        attributes: { 'logfire.msg': 'running tool: lookup' },
      },
    ],
  },
  'Langfuse’s SDK': {
    node: 'helper',
    spans: [
      {
        id: 'a',
        name: 'helper',
        attributes: { 'langfuse.observation.type': 'agent', 'session.id': 't-1', 'user.id': 'u-1' },
      },
      {
        id: 'c',
        parent: 'a',
        name: 'answer',
        attributes: {
          'langfuse.observation.type': 'generation',
          'langfuse.observation.model.name': 'gpt-4o',
          'langfuse.observation.usage_details': '{"input": 100, "output": 20}',
        },
      },
      { id: 'd', parent: 'a', name: 'lookup', attributes: { 'langfuse.observation.type': 'tool' } },
    ],
  },
  MLflow: {
    node: 'agent',
    spans: [
      {
        id: 'a',
        name: 'agent',
        attributes: {
          'mlflow.spanType': '"CHAIN"',
          langgraph_node: 'agent',
          'session.id': 't-1',
          'user.id': 'u-1',
        },
      },
      {
        id: 'c',
        parent: 'a',
        name: 'ChatOpenAI',
        attributes: {
          'mlflow.spanType': '"CHAT_MODEL"',
          'mlflow.llm.model': '"gpt-4o"',
          'mlflow.chat.tokenUsage': '{"input_tokens": 100, "output_tokens": 20, "total_tokens": 120}',
        },
      },
      { id: 'd', parent: 'a', name: 'lookup', attributes: { 'mlflow.spanType': '"TOOL"' } },
    ],
  },
  'LangSmith’s export': {
    node: 'agent',
    spans: [
      { id: 'a', name: 'LangGraph', attributes: { 'langsmith.span.kind': 'chain', 'user.id': 'u-1' } },
      {
        id: 'b',
        parent: 'a',
        name: 'agent',
        attributes: {
          'langsmith.span.kind': 'chain',
          'langsmith.metadata.langgraph_node': 'agent',
          'langsmith.metadata.thread_id': 't-1',
        },
      },
      {
        id: 'c',
        parent: 'b',
        name: 'ChatOpenAI',
        attributes: {
          'langsmith.span.kind': 'llm',
          'langsmith.metadata.ls_model_name': 'gpt-4o',
          'langsmith.usage_metadata': '{"input_tokens": 100, "output_tokens": 20, "total_tokens": 120}',
        },
      },
      { id: 'd', parent: 'b', name: 'lookup', attributes: { 'langsmith.span.kind': 'tool' } },
    ],
  },
};

describe.each(Object.entries(DIALECTS))('%s', (_, { node, spans }) => {
  const shares = contributions(spans.map(span), []);
  const by = (role: string) => shares.filter(({ dimensions }) => dimensions.role === role);

  it('says the node once, and the model call and the tool call in it', () => {
    expect(by('visit').filter(({ dimensions }) => dimensions.node === node)).toHaveLength(1);
    expect(by('call').map(({ dimensions }) => [dimensions.node, dimensions.model])).toEqual([
      [node, 'gpt-4o'],
    ]);
    expect(by('tool').map(({ dimensions }) => [dimensions.node, dimensions.tool])).toEqual([
      [node, 'lookup'],
    ]);
  });

  it('says tokens once, and the thread and the user for all of it', () => {
    expect(shares.reduce((sum, { tokens }) => sum + inputOf(tokens), 0)).toBe(100);
    expect(shares.reduce((sum, { tokens }) => sum + outputOf(tokens), 0)).toBe(20);
    expect(new Set(shares.map(({ thread, user }) => `${thread}/${user}`))).toEqual(new Set(['t-1/u-1']));
  });
});

describe('a field', () => {
  it('is read from the span before its resource, and from Reeve’s name before any', () => {
    const { assistant, environment, version } = span({
      resource: { 'service.name': 'shop', 'deployment.environment': 'Production', 'service.version': '2' },
      attributes: {
        'reeve.assistant': 'refunds',
        'langfuse.environment': 'staging',
        'gen_ai.agent.version': '1',
      },
    });
    expect({ assistant, environment, version }).toEqual({
      assistant: 'refunds',
      environment: 'staging',
      version: '1',
    });
    expect(
      span({ resource: { 'service.name': 'shop', 'deployment.environment': 'Production' } }),
    ).toMatchObject({
      assistant: 'shop',
      environment: 'production',
    });
  });

  it.each(['unknown_service', 'unknown_service:python', 'default', '/usr/bin/app.py'])(
    'of a service that nobody named is nobody’s: %s',
    (name) => {
      expect(span({ resource: { 'service.name': name } }).assistant).toBeNull();
    },
  );

  it.each([
    ['openai.responses', 'openai'],
    ['anthropic.messages', 'anthropic'],
    ['google.generative-ai', 'gcp.gemini'],
    ['OpenAI', 'openai'],
    ['az.ai.openai', 'azure.ai.openai'],
    ['amazon-bedrock', 'aws.bedrock'],
    ['constructor', 'constructor'],
  ])('of a provider has one word: %s', (said, provider) => {
    expect(span({ attributes: { 'gen_ai.system': said } }).provider).toBe(provider);
  });

  it('is bounded, trimmed and no word for nothing', () => {
    const user = (value: Value) => span({ attributes: { 'user.id': value } }).user;
    expect([user(' '), user('None'), user('"u 1"'), user(7), user(['x'])]).toEqual([
      null,
      null,
      'u 1',
      '7',
      null,
    ]);
    expect(user('x'.repeat(10_000))).toHaveLength(256);
  });
});

describe('an error', () => {
  it('is what says so, with the type that it has', () => {
    const failed = (attributes: Record<string, Value>) => {
      const { error, errorType } = span({ attributes });
      return [error, errorType];
    };
    expect(failed({})).toEqual([false, null]);
    expect(failed({ 'error.type': 'timeout' })).toEqual([true, 'timeout']);
    expect(failed({ 'langfuse.observation.level': 'ERROR' })).toEqual([true, null]);
    expect(failed({ 'langfuse.observation.level': 'WARNING' })).toEqual([false, null]);
  });
});

describe('what a span holds beside its fields', () => {
  it('is parted in what was said and what is about it, and bounded', () => {
    const { content, attributes, marks } = span({
      attributes: {
        'gen_ai.input.messages': 'hello',
        'gen_ai.prompt.0.content': 'hello',
        'my.key': 1,
        long: 'x'.repeat(20_000),
        __proto__x: 'y',
      },
    });
    expect(content).toEqual({ input: 'hello', output: null, others: { 'gen_ai.prompt.0.content': 'hello' } });
    expect(Object.keys(attributes)).toEqual(['my.key', 'long', '__proto__x']);
    expect([JSON.stringify(attributes['long']).length < 20_000, marks]).toEqual([true, ['attributes_cut']]);
  });
});
