/** Promises: what kind of step a span is, from the names that dialects have for it: a table, the first that speaks wins. */
import type { Operation } from '../span.js';

interface Saying {
  readonly name: string;
  readonly values: Readonly<Record<string, Operation>>;
}

/** Values are compared in lower case, and up to the first space: the AI SDK appends a name of its caller's. */
export const OPERATION_SAID: readonly Saying[] = [
  {
    name: 'gen_ai.operation.name',
    values: {
      chat: 'chat',
      generate_content: 'generate_content',
      generate: 'generate_content',
      text_completion: 'text_completion',
      completion: 'text_completion',
      embeddings: 'embeddings',
      embedding: 'embeddings',
      retrieval: 'retrieval',
      execute_tool: 'execute_tool',
      invoke_agent: 'invoke_agent',
      create_agent: 'create_agent',
      invoke_workflow: 'invoke_workflow',
      run_guardrail: 'guardrail',
      agent_step: 'chain',
      execute_task: 'chain',
    },
  },
  {
    name: 'langfuse.observation.type',
    values: {
      generation: 'chat',
      embedding: 'embeddings',
      agent: 'invoke_agent',
      tool: 'execute_tool',
      chain: 'chain',
      retriever: 'retrieval',
      guardrail: 'guardrail',
      evaluator: 'other',
      event: 'other',
    },
  },
  {
    name: 'openinference.span.kind',
    values: {
      llm: 'chat',
      embedding: 'embeddings',
      agent: 'invoke_agent',
      tool: 'execute_tool',
      chain: 'chain',
      retriever: 'retrieval',
      reranker: 'retrieval',
      guardrail: 'guardrail',
      evaluator: 'other',
      prompt: 'chain',
    },
  },
  {
    name: 'traceloop.span.kind',
    values: { workflow: 'invoke_workflow', task: 'chain', agent: 'invoke_agent', tool: 'execute_tool' },
  },
  {
    name: 'llm.request.type',
    values: { chat: 'chat', completion: 'text_completion', embedding: 'embeddings' },
  },
  {
    name: 'langsmith.span.kind',
    values: {
      llm: 'chat',
      embedding: 'embeddings',
      tool: 'execute_tool',
      chain: 'chain',
      retriever: 'retrieval',
      prompt: 'chain',
      parser: 'chain',
    },
  },
  {
    name: 'genkit:metadata:subtype',
    values: {
      model: 'chat',
      'background-model': 'chat',
      embedder: 'embeddings',
      tool: 'execute_tool',
      'tool.v2': 'execute_tool',
      retriever: 'retrieval',
      evaluator: 'other',
      flow: 'invoke_workflow',
    },
  },
  {
    name: 'mlflow.spanType',
    values: {
      llm: 'chat',
      chat_model: 'chat',
      embedding: 'embeddings',
      tool: 'execute_tool',
      agent: 'invoke_agent',
      chain: 'chain',
      workflow: 'invoke_workflow',
      retriever: 'retrieval',
      reranker: 'retrieval',
      guardrail: 'guardrail',
      evaluator: 'other',
      parser: 'chain',
    },
  },
  { name: 'ai.operationId', values: aiSdk() },
  { name: 'operation.name', values: aiSdk() },
];

/** The outer span of the AI SDK is the loop over calls, so an agent; the calls are the inner ones. */
function aiSdk(): Saying['values'] {
  return {
    'ai.generatetext': 'invoke_agent',
    'ai.streamtext': 'invoke_agent',
    'ai.generateobject': 'invoke_agent',
    'ai.streamobject': 'invoke_agent',
    'ai.embed': 'chain',
    'ai.embedmany': 'chain',
    'ai.rerank': 'chain',
    'ai.generatetext.dogenerate': 'chat',
    'ai.streamtext.dostream': 'chat',
    'ai.generateobject.dogenerate': 'chat',
    'ai.streamobject.dostream': 'chat',
    'ai.embed.doembed': 'embeddings',
    'ai.embedmany.doembed': 'embeddings',
    'ai.rerank.dorerank': 'retrieval',
    'ai.toolcall': 'execute_tool',
  };
}

/** Names of spans that say what they are of, where no attribute does: the conventions prescribe the first three. */
export const SPAN_NAMES: readonly { readonly pattern: RegExp; readonly operation: Operation }[] = [
  { pattern: /^invoke_agent (?<agent>.+)$/, operation: 'invoke_agent' },
  { pattern: /^execute_tool (?<tool>.+)$/, operation: 'execute_tool' },
  { pattern: /^create_agent (?<agent>.+)$/, operation: 'create_agent' },
  { pattern: /^agent_run \[(?<agent>.+)\]$/, operation: 'invoke_agent' },
  { pattern: /^running tool: (?<tool>.+)$/, operation: 'execute_tool' },
];

/** One name a provider, in the conventions' words. Kept lower-case; what stands behind a point is the API's, not its. */
export const PROVIDERS: Readonly<Record<string, string>> = {
  'az.ai.openai': 'azure.ai.openai',
  azure: 'azure.ai.openai',
  azure_openai: 'azure.ai.openai',
  'azure-openai': 'azure.ai.openai',
  'az.ai.inference': 'azure.ai.inference',
  vertex_ai: 'gcp.vertex_ai',
  vertexai: 'gcp.vertex_ai',
  'google.vertex': 'gcp.vertex_ai',
  'google-vertex': 'gcp.vertex_ai',
  google_vertexai: 'gcp.vertex_ai',
  'gcp.vertex.agent': 'gcp.vertex_ai',
  google: 'gcp.gemini',
  gemini: 'gcp.gemini',
  google_genai: 'gcp.gemini',
  'google.generative-ai': 'gcp.gemini',
  'google-gla': 'gcp.gemini',
  bedrock: 'aws.bedrock',
  amazon_bedrock: 'aws.bedrock',
  'amazon-bedrock': 'aws.bedrock',
  xai: 'x_ai',
  mistral: 'mistral_ai',
  mistralai: 'mistral_ai',
};
