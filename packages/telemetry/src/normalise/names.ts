/**
 * Promises: the one table of names. Every dialect that is read stands here as data: what each field of a span is called
 * in it, the name that wins first. What a sender hangs on its spans as metadata is read under one set of names, whichever
 * prefix its SDK puts before them.
 *
 * Sources: the OpenTelemetry GenAI conventions 1.41 and their older names, OpenInference, OpenLLMetry (semconv-ai),
 * Langfuse's SDKs, the Vercel AI SDK (5 to 7), pydantic-ai, Google ADK, LangGraph, LangSmith's export, LiteLLM, openlit,
 * Semantic Kernel, Genkit, koog, MLflow.
 */

/** Where a field is said: in an attribute, in a sender's metadata, or in the resource. Looked up in this order. */
export interface Names {
  readonly said: readonly string[];
  readonly metadata?: readonly string[];
  readonly resource?: readonly string[];
}

/** Before what a sender's metadata is called. */
export const METADATA_PREFIXES = [
  'langfuse.observation.metadata.',
  'langfuse.trace.metadata.',
  'traceloop.association.properties.',
  'ai.telemetry.metadata.',
  'langsmith.metadata.',
] as const;

/** Attributes that hold metadata as one text of JSON (OpenInference). */
export const METADATA_OBJECTS = ['metadata'] as const;

export const FIELDS = {
  assistant: {
    said: ['reeve.assistant'],
    metadata: ['reeve_assistant'],
    resource: ['reeve.assistant', 'service.name'],
  },
  version: {
    said: ['reeve.version', 'gen_ai.agent.version', 'langfuse.release', 'langfuse.version'],
    metadata: ['reeve_version'],
    resource: ['reeve.version', 'langfuse.release', 'service.version'],
  },
  user: {
    said: [
      'langfuse.user.id',
      'user.id',
      'enduser.id',
      'gen_ai.user.id',
      'gen_ai.user',
      'gen_ai.request.user',
      'llm.user',
      'enduser.pseudo.id',
      'metadata.user_api_key_end_user_id',
    ],
    metadata: ['langfuse_user_id', 'user_id', 'userId'],
  },
  thread: {
    said: ['langfuse.session.id', 'session.id', 'gen_ai.conversation.id', 'gcp.vertex.agent.session_id'],
    metadata: [
      'langfuse_session_id',
      'session_id',
      'sessionId',
      'thread_id',
      'threadId',
      'conversation_id',
      'conversationId',
    ],
  },
  run: { said: ['reeve.run_id', 'reeve.run.id'], metadata: ['reeve_run_id', 'run_id', 'runId'] },
  route: { said: ['reeve.route'], metadata: ['route'] },
  /** Of the request that a trace began with; further in it is some other service's. */
  entry: { said: ['http.route'] },
  segment: {
    said: ['reeve.segment', 'user.segment', 'enduser.segment'],
    metadata: ['segment', 'user_segment', 'userSegment'],
  },
  channel: { said: ['reeve.channel'], metadata: ['channel'] },
  environment: {
    said: [
      'langfuse.environment',
      'deployment.environment.name',
      'deployment.environment',
      'gen_ai.environment',
    ],
    resource: ['langfuse.environment', 'deployment.environment.name', 'deployment.environment'],
  },
  evaluationId: { said: ['reeve.evaluation_id', 'reeve.evaluation.id'], metadata: ['reeve_evaluation_id'] },
  /** Genkit's name of a step: a model's, a tool's or a flow's, as its subtype says. */
  genkit: { said: ['genkit:name'] },
  /** A graph's node, which everything below the node carries too. */
  node: { said: ['reeve.node', 'langgraph_node'], metadata: ['langgraph_node', 'reeve_node'] },
  /** A graph's node, on the span that is its visit. */
  visit: { said: ['graph.node.name', 'graph.node.id', 'koog.node.name'] },
  agent: { said: ['gen_ai.agent.name', 'agent.name', 'agent_name', 'ai.telemetry.functionId'] },
  entity: { said: ['traceloop.entity.name'] },
  tool: { said: ['gen_ai.tool.name', 'tool.name', 'ai.toolCall.name'] },
  toolCall: { said: ['gen_ai.tool.call.id', 'ai.toolCall.id'] },
  model: {
    said: [
      'langfuse.observation.model.name',
      'gen_ai.response.model',
      'ai.response.model',
      'llm.response.model_name',
      'llm.response.model',
      'gen_ai.request.model',
      'ai.model.id',
      'llm.model_name',
      'llm.request.model_name',
      'embedding.model_name',
      'mlflow.llm.model',
      'model_name',
    ],
    metadata: ['ls_model_name'],
  },
  provider: {
    said: ['gen_ai.provider.name', 'gen_ai.system', 'llm.provider', 'llm.system', 'ai.model.provider'],
    metadata: ['ls_provider'],
  },
  errorType: { said: ['error.type', 'exception.type'] },
  level: { said: ['langfuse.observation.level'] },
  serviceTier: {
    said: ['reeve.service_tier', 'gen_ai.openai.request.service_tier', 'gen_ai.request.service_tier'],
  },
  cost: {
    said: [
      'gen_ai.usage.cost',
      'gen_ai.usage.total_cost',
      'operation.cost',
      'llm.cost.total',
      'gen_ai.cost.total_cost',
    ],
  },
} as const satisfies Record<string, Names>;
export type Field = keyof typeof FIELDS;

/**
 * Texts of JSON that hold what was used; they are read as if each of their leaves were an attribute of the name before
 * the dot, whether they come as one text or as an object.
 */
export const USAGE_OBJECTS = {
  'langfuse.observation.usage_details': 'usage_details',
  'langfuse.observation.cost_details': 'cost_details',
  'langsmith.usage_metadata': 'usage_metadata',
  'mlflow.chat.tokenUsage': 'usage_details',
  'gen_ai.usage.input_token_details': 'gen_ai.usage.input_token_details',
  'gen_ai.usage.output_token_details': 'gen_ai.usage.output_token_details',
} as const;

/** Texts of JSON with an object `usage` in them, read like the ones above. */
export const USAGE_HOLDERS = { 'genkit:output': 'usage_details' } as const;

/** What providers say themselves, passed through by the AI SDK. Their input never holds the cached part. */
export const PROVIDER_METADATA = 'ai.response.providerMetadata';

/** Counts of tokens as they are said, before they are made parts. */
export const COUNTS = {
  input: [
    'gen_ai.usage.input_tokens',
    'gen_ai.usage.prompt_tokens',
    'llm.token_count.prompt',
    'llm.usage.prompt_tokens',
    'ai.usage.inputTokens',
    'ai.usage.promptTokens',
    'usage_details.input',
    'usage_details.input_tokens',
    'usage_details.prompt_tokens',
    'usage_details.promptTokens',
    'usage_details.inputTokens',
    'usage_metadata.input_tokens',
  ],
  output: [
    'gen_ai.usage.output_tokens',
    'gen_ai.usage.completion_tokens',
    'llm.token_count.completion',
    'llm.usage.completion_tokens',
    'ai.usage.outputTokens',
    'ai.usage.completionTokens',
    'usage_details.output',
    'usage_details.output_tokens',
    'usage_details.completion_tokens',
    'usage_details.completionTokens',
    'usage_details.outputTokens',
    'usage_metadata.output_tokens',
  ],
  cacheRead: [
    'gen_ai.usage.cache_read.input_tokens',
    'gen_ai.usage.cache_read_input_tokens',
    'gen_ai.usage.input_cached_tokens',
    'gen_ai.usage.cached_input_tokens',
    'gen_ai.usage.input_tokens.cached',
    'gen_ai.usage.cache_read_tokens',
    'gen_ai.usage.cached_tokens',
    'gen_ai.usage.details.cache_read_input_tokens',
    'gen_ai.usage.details.cache_read_tokens',
    'gen_ai.usage.details.cached_tokens',
    'gen_ai.usage.input_token_details.cache_read',
    'llm.token_count.prompt_details.cache_read',
    'ai.usage.inputTokenDetails.cacheReadTokens',
    'ai.usage.cachedInputTokens',
    'usage_details.input_cached_tokens',
    'usage_details.input_cache_read',
    'usage_details.cache_read_input_tokens',
    'usage_details.cache_read',
    'usage_details.prompt_details.cache_read',
    'usage_details.prompt_tokens_details.cached_tokens',
    'usage_details.cachedContentTokens',
    'usage_details.input_tokens_details.cached_tokens',
    'usage_metadata.input_token_details.cache_read',
  ],
  cacheWrite: [
    'gen_ai.usage.cache_creation.input_tokens',
    'gen_ai.usage.cache_creation_input_tokens',
    'gen_ai.usage.input_cache_creation',
    'gen_ai.usage.input_tokens.cache_write',
    'gen_ai.usage.cache_write_tokens',
    'gen_ai.usage.details.cache_creation_input_tokens',
    'gen_ai.usage.details.cache_write_tokens',
    'gen_ai.usage.input_token_details.cache_creation',
    'llm.token_count.prompt_details.cache_write',
    'ai.usage.inputTokenDetails.cacheWriteTokens',
    'usage_details.input_cache_creation',
    'usage_details.input_cache_write',
    'usage_details.cache_creation_input_tokens',
    'usage_details.cache_write',
    'usage_details.prompt_details.cache_write',
    'usage_metadata.input_token_details.cache_creation',
  ],
  inputAudio: [
    'gen_ai.usage.input_audio_tokens',
    'gen_ai.usage.details.input_audio_tokens',
    'gen_ai.usage.input_token_details.audio',
    'llm.token_count.prompt_details.audio',
    'usage_details.input_audio_tokens',
    'usage_details.input_audio',
    'usage_details.prompt_details.audio',
    'usage_details.prompt_tokens_details.audio_tokens',
    'usage_metadata.input_token_details.audio',
  ],
  reasoning: [
    'gen_ai.usage.reasoning.output_tokens',
    'gen_ai.usage.reasoning_tokens',
    'gen_ai.usage.output_tokens.reasoning',
    'gen_ai.usage.details.reasoning_tokens',
    'gen_ai.usage.details.thoughts_tokens',
    'gen_ai.usage.output_token_details.reasoning',
    'llm.usage.reasoning_tokens',
    'llm.token_count.completion_details.reasoning',
    'ai.usage.outputTokenDetails.reasoningTokens',
    'ai.usage.reasoningTokens',
    'usage_details.output_reasoning_tokens',
    'usage_details.output_reasoning',
    'usage_details.reasoning_tokens',
    'usage_details.thoughtsTokens',
    'usage_details.completion_details.reasoning',
    'usage_details.completion_tokens_details.reasoning_tokens',
    'usage_details.output_tokens_details.reasoning_tokens',
    'usage_metadata.output_token_details.reasoning',
  ],
  outputAudio: [
    'gen_ai.usage.output_audio_tokens',
    'gen_ai.usage.details.output_audio_tokens',
    'gen_ai.usage.output_token_details.audio',
    'llm.token_count.completion_details.audio',
    'usage_details.output_audio_tokens',
    'usage_details.output_audio',
    'usage_details.completion_details.audio',
    'usage_details.completion_tokens_details.audio_tokens',
    'usage_metadata.output_token_details.audio',
  ],
  total: [
    'gen_ai.usage.total_tokens',
    'llm.token_count.total',
    'llm.usage.total_tokens',
    'ai.usage.totalTokens',
    'ai.usage.tokens',
    'usage_details.total',
    'usage_details.total_tokens',
    'usage_details.totalTokens',
    'usage_metadata.total_tokens',
  ],
} as const;
export type CountName = keyof typeof COUNTS;

/** Names under which a part is said beside the whole, not within it: keys of Langfuse's, and Anthropic's own. */
export const SAID_BESIDE: ReadonlySet<string> = new Set([
  'usage_details.input_cached_tokens',
  'usage_details.input_cache_read',
  'usage_details.cache_read_input_tokens',
  'usage_details.input_cache_creation',
  'usage_details.input_cache_write',
  'usage_details.cache_creation_input_tokens',
  'usage_details.input_audio_tokens',
  'usage_details.input_audio',
  'usage_details.output_reasoning_tokens',
  'usage_details.output_reasoning',
  'usage_details.output_audio_tokens',
  'usage_details.output_audio',
]);

/** What was said. The first of each is the input and the output; all of them can be forbidden. */
export const CONTENT = {
  input: [
    'langfuse.observation.input',
    'gen_ai.input.messages',
    'gen_ai.tool.call.arguments',
    'input.value',
    'ai.prompt.messages',
    'ai.prompt',
    'ai.toolCall.args',
    'ai.value',
    'ai.values',
    'pydantic_ai.all_messages',
    'all_messages_events',
    'tool_arguments',
    'gcp.vertex.agent.tool_call_args',
    'gcp.vertex.agent.llm_request',
    'traceloop.entity.input',
    'gen_ai.prompt',
    'gen_ai.retrieval.query.text',
    'genkit:input',
    'mlflow.spanInputs',
    'lk.input_text',
    'lk.user_input',
    'input',
  ],
  output: [
    'langfuse.observation.output',
    'gen_ai.output.messages',
    'gen_ai.tool.call.result',
    'output.value',
    'ai.response.text',
    'ai.response.object',
    'ai.response.toolCalls',
    'ai.result.text',
    'ai.result.object',
    'ai.result.toolCalls',
    'ai.toolCall.result',
    'final_result',
    'tool_response',
    'gcp.vertex.agent.tool_response',
    'gcp.vertex.agent.llm_response',
    'traceloop.entity.output',
    'gen_ai.completion',
    'gen_ai.retrieval.documents',
    'genkit:output',
    'mlflow.spanOutputs',
    'lk.response.text',
    'lk.function_tool.output',
    'output',
  ],
} as const;

/** Beginnings of names that hold what was said, too. */
export const CONTENT_PREFIXES = [
  'langfuse.trace.input',
  'langfuse.observation.status_message',
  'langfuse.trace.output',
  'gen_ai.prompt.',
  'gen_ai.completion.',
  'gen_ai.content.',
  'gen_ai.system_instructions',
  'gen_ai.tool.definitions',
  'gen_ai.tool.description',
  'llm.input_messages.',
  'llm.output_messages.',
  'llm.prompts',
  'llm.choices',
  'llm.completions',
  'llm.tools',
  'llm.function_call',
  'llm.prompt_template',
  'llm.invocation_parameters',
  'llm.headers',
  'gen_ai.headers',
  'tool.parameters',
  'tool.description',
  'tool_definitions',
  'model_request_parameters',
  'ai.prompt',
  'ai.response.reasoning',
  'ai.response.files',
  'ai.response.providerMetadata',
  'ai.schema',
  'ai.embedding',
  'ai.document',
  'embedding.',
  'retrieval.documents',
  'reranker.',
  'logfire.msg',
  'logfire.json_schema',
  'exception.message',
  'exception.stacktrace',
  'lk.',
  'flue.',
  'thought',
  'history',
  'message.',
  'messages',
] as const;

/** Names whose values are no person's words, kept under the log policy `metadata`. */
export const PLAIN_PREFIXES = [
  'gen_ai.request.',
  'gen_ai.response.',
  'gen_ai.output.type',
  'gen_ai.operation.name',
  'gen_ai.tool.type',
  'gen_ai.workflow.name',
  'openinference.span.kind',
  'traceloop.span.kind',
  'langfuse.observation.type',
  'langfuse.observation.level',
  'ai.operationId',
  'ai.response.finishReason',
  'ai.settings.',
  'otel.scope.',
  'server.',
  'network.',
  'http.request.method',
  'http.response.status_code',
  'rpc.',
  'mcp.method.name',
  'mcp.protocol.version',
] as const;
