/** Promises: a span as it was sent, in Reeve's words. What it says of itself only: what others say is `contributions`'. */
import type { RawSpan } from '../decode/raw-span.js';
import type { Mark, Operation, Source, Span } from '../span.js';
import { Said, textOf } from './attributes-of.js';
import { part } from './content-of.js';
import { costOf } from './cost-of.js';
import { OPERATION_SAID, PROVIDERS, SPAN_NAMES } from './operations.js';
import { inputOf, outputOf } from '../tokens.js';
import { tokensOf } from './tokens-of.js';

export function normalise(raw: RawSpan, source: Source = 'otlp'): Span {
  const said = new Said(raw);
  const { tokens, marks: ofTokens } = tokensOf(said);
  const { cost, marks: ofCost } = costOf(said);
  const model = said.of('model') ?? (subtypeOf(said) === 'model' ? said.of('genkit') : null);
  const spends = model !== null || (tokens !== null && inputOf(tokens) + outputOf(tokens) > 0);
  const step = stepOf(raw, said, spends);
  const errorType = said.of('errorType') ?? exceptionOf(raw);
  const failed = raw.failed || said.attributes.has('error.type') || said.of('level') === 'ERROR';
  const { content, attributes, cut } = part(raw);
  return {
    traceId: raw.traceId,
    spanId: raw.spanId,
    parentSpanId: raw.parentSpanId,
    source,
    name: raw.name,
    start: raw.times.start,
    end: raw.times.end,
    durationNs: raw.times.durationNs,
    ...step,
    assistant: serviceOf(said.of('assistant')),
    version: said.of('version'),
    user: said.of('user'),
    thread: said.of('thread'),
    run: said.of('run'),
    route: said.of('route') ?? (raw.parentSpanId === null ? said.of('entry') : null),
    segment: said.of('segment'),
    channel: said.of('channel'),
    environment: environmentOf(said.of('environment')),
    evaluationId: said.of('evaluationId'),
    model,
    provider: providerOf(said.of('provider')),
    error: failed,
    errorType: failed ? errorType : null,
    tokens,
    costSent: cost,
    batch: said.of('serviceTier') === 'batch',
    marks: sorted([...raw.times.marks, ...ofTokens, ...ofCost, ...(raw.cut || cut ? CUT : [])]),
    content,
    attributes,
  };
}

const CUT: readonly Mark[] = ['attributes_cut'];
const sorted = (marks: readonly Mark[]) => [...new Set(marks)].sort();

type Step = Pick<Span, 'operation' | 'agent' | 'node' | 'tool'>;

function stepOf(raw: RawSpan, said: Said, spends: boolean): Step {
  const named = namedBy(raw.name);
  const entity = said.of('entity');
  const tool = said.of('tool');
  const hasTool = tool !== null || said.of('toolCall') !== null;
  const found =
    operationSaid(said) ??
    named?.operation ??
    (hasTool ? 'execute_tool' : isAgentRun(said) ? 'invoke_agent' : spends ? 'chat' : 'other');
  const visit = STEPS.has(found) ? nameIn(said.of('visit')) : null;
  const node = said.of('node') ?? visit;
  const isVisit = node !== null && (visit === node || raw.name === node || entity === node);
  const operation = isVisit && (found === 'chain' || found === 'other') ? 'node' : found;
  return {
    operation,
    agent: agentOf(operation, said.of('agent') ?? named?.agent ?? null, entity ?? visit, raw, said),
    node,
    tool:
      operation === 'execute_tool'
        ? (tool ?? named?.tool ?? entity ?? said.of('genkit') ?? textOf(raw.name))
        : null,
  };
}

/** What may be the visit of a graph's node: no call of a model or a tool. */
const STEPS: ReadonlySet<Operation> = new Set(['invoke_agent', 'invoke_workflow', 'chain', 'other']);

function operationSaid(said: Said): Operation | null {
  for (const { name, values } of OPERATION_SAID) {
    const value = textOf(said.attributes.get(name))?.split(' ', 1)[0]?.toLowerCase();
    const operation = value !== undefined && Object.hasOwn(values, value) ? values[value] : undefined;
    if (operation !== undefined) return operation;
  }
  return null;
}

function namedBy(name: string): { operation: Operation; agent: string | null; tool: string | null } | null {
  for (const { pattern, operation } of SPAN_NAMES) {
    const groups = pattern.exec(name)?.groups;
    if (groups !== undefined) {
      return { operation, agent: textOf(groups['agent']), tool: textOf(groups['tool']) };
    }
  }
  return null;
}

/** pydantic-ai's agents say no operation, but what no other span of theirs does. */
const isAgentRun = ({ attributes }: Said) =>
  attributes.has('agent_name') || attributes.has('pydantic_ai.all_messages');

const subtypeOf = ({ attributes }: Said) => attributes.get('genkit:metadata:subtype');

/** Whose step it is; an agent that has no name of its own has its entity's or node's, or its span's. */
function agentOf(
  operation: Operation,
  agent: string | null,
  step: string | null,
  raw: RawSpan,
  said: Said,
): string | null {
  if (agent !== null || operation !== 'invoke_agent') return agent;
  if (step !== null) return step;
  const isNamedByItsSpan =
    said.attributes.get('langfuse.observation.type') === 'agent' ||
    said.attributes.get('openinference.span.kind') === 'AGENT';
  return isNamedByItsSpan ? nameIn(textOf(raw.name)) : null;
}

/** A name that is new each time names nothing: ids that stand where names do. */
const nameIn = (text: string | null) => (text === null || HAS_ID.test(text) ? null : text);
const HAS_ID = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}|^[\da-f]{16,}$/i;

/** What SDKs call a service that nobody named: OpenTelemetry, openlit, OpenLLMetry (the path of the script). */
const serviceOf = (name: string | null) =>
  name === null || /^(unknown_service\b|default$|\/)/.test(name) ? null : name;

/** What Langfuse and openlit call the environment that nobody named. */
const environmentOf = (name: string | null) =>
  name === null || name === 'default' ? null : name.toLowerCase();

function providerOf(said: string | null): string | null {
  if (said === null) return null;
  const name = said.toLowerCase();
  if (Object.hasOwn(PROVIDERS, name)) return PROVIDERS[name] ?? name;
  // The AI SDK appends the API: `anthropic.messages`, `google.generative-ai` is in the table.
  const api = /^(.+)\.(chat|messages|responses|completion|completions|embedding)$/.exec(name)?.[1];
  return api === undefined ? name : (PROVIDERS[api] ?? api);
}

const exceptionOf = ({ events }: RawSpan) =>
  textOf(events.find(({ name }) => name === 'exception')?.attributes.get('exception.type'));
