/** A span as a row and back, without loss: merging needs all of it. What was said stands in a table of its own. */
import { TOKEN_KINDS, type Content, type Json, type Mark, type Span, type Tokens } from '@reeve/telemetry';

/** The columns of `span` that hold a span, with their types; bigints as texts. */
export const SPAN_COLUMNS = {
  trace_id: 'uuid',
  span_id: 'text',
  parent_span_id: 'text',
  source: 'text',
  name: 'text',
  start_ns: 'bigint',
  end_ns: 'bigint',
  duration_ns: 'bigint',
  operation: 'text',
  error: 'boolean',
  batch: 'boolean',
  error_type: 'text',
  agent: 'text',
  node: 'text',
  tool: 'text',
  model: 'text',
  provider: 'text',
  evaluation_id: 'text',
  assistant: 'text',
  version: 'text',
  user_ref: 'uuid',
  thread: 'text',
  run: 'text',
  route: 'text',
  segment: 'text',
  channel: 'text',
  environment: 'text',
  cost_sent: 'numeric',
  tokens: 'text',
  marks: 'text',
  attributes: 'jsonb',
} as const;

type Columns = Readonly<Record<keyof typeof SPAN_COLUMNS, unknown>>;
export interface SpanRow extends Columns {
  readonly trace_id: string;
  readonly span_id: string;
}

/** In the order of the columns: two rows of one span are the same text. */
export const rowOf = (span: Span): SpanRow => ({
  trace_id: span.traceId,
  span_id: span.spanId,
  parent_span_id: span.parentSpanId,
  source: span.source,
  name: span.name,
  start_ns: String(span.start),
  end_ns: textOf(span.end),
  duration_ns: textOf(span.durationNs),
  operation: span.operation,
  error: span.error,
  batch: span.batch,
  error_type: span.errorType,
  agent: span.agent,
  node: span.node,
  tool: span.tool,
  model: span.model,
  provider: span.provider,
  evaluation_id: span.evaluationId,
  assistant: span.assistant,
  version: span.version,
  user_ref: span.user,
  thread: span.thread,
  run: span.run,
  route: span.route,
  segment: span.segment,
  channel: span.channel,
  environment: span.environment,
  cost_sent: textOf(span.costSent),
  tokens: span.tokens === null ? null : TOKEN_KINDS.map((kind) => span.tokens![kind]).join(' '),
  marks: span.marks.length === 0 ? null : span.marks.join(' '),
  attributes: attributesOf(span),
});

/** `row` as PostgreSQL answers it, numbers that may be large as texts. */
export function spanOf(row: Readonly<Record<string, unknown>>): Span {
  const text = (column: keyof typeof SPAN_COLUMNS) => row[column] as string | null;
  const whole = (column: keyof typeof SPAN_COLUMNS) =>
    row[column] === null ? null : BigInt(row[column] as string);
  return {
    traceId: text('trace_id')!.replaceAll('-', ''),
    spanId: text('span_id')!,
    parentSpanId: text('parent_span_id'),
    source: text('source') as Span['source'],
    name: text('name')!,
    start: whole('start_ns')!,
    end: whole('end_ns'),
    durationNs: whole('duration_ns'),
    operation: text('operation') as Span['operation'],
    error: row['error'] as boolean,
    batch: row['batch'] as boolean,
    errorType: text('error_type'),
    agent: text('agent'),
    node: text('node'),
    tool: text('tool'),
    model: text('model'),
    provider: text('provider'),
    evaluationId: text('evaluation_id'),
    assistant: text('assistant'),
    version: text('version'),
    user: text('user_ref'),
    thread: text('thread'),
    run: text('run'),
    route: text('route'),
    segment: text('segment'),
    channel: text('channel'),
    environment: text('environment'),
    costSent: whole('cost_sent'),
    tokens: tokensOf(text('tokens')),
    marks: (text('marks')?.split(' ') ?? []) as Mark[],
    content: (row['content'] ?? null) as Content | null,
    attributes: (row['attributes'] ?? {}) as Span['attributes'],
  };
}

/** The row of `span_content`. */
export const contentOf = ({ content }: Span): Json | null =>
  content === null ? null : ordered({ input: content.input, output: content.output, others: content.others });

const textOf = (whole: bigint | null): string | null => (whole === null ? null : String(whole));

const attributesOf = ({ attributes }: Span): Json | null =>
  Object.keys(attributes).length === 0 ? null : ordered(attributes);

/** Members by their names: PostgreSQL keeps no order of its own. */
export function ordered(json: Json): Json {
  if (typeof json !== 'object' || json === null) return json;
  if (isList(json)) return json.map(ordered);
  return Object.fromEntries(
    Object.keys(json)
      .sort()
      .map((name) => [name, ordered(json[name]!)]),
  );
}

const isList = (json: Json): json is readonly Json[] => Array.isArray(json);

function tokensOf(text: string | null): Tokens | null {
  if (text === null) return null;
  const numbers = text.split(' ').map(Number);
  return Object.fromEntries(TOKEN_KINDS.map((kind, i) => [kind, numbers[i]])) as Tokens;
}
