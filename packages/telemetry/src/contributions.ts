/**
 * Promises: what the spans of one trace add to the rollups, from the set of them alone: order never matters, so a root
 * that comes last moves what came before it. Storage keeps what it added for each span and adds the difference.
 */
import type { PriceList } from './prices/price-list.js';
import { priceOf } from './prices/price-of.js';
import { binOf } from './sketch/sketch.js';
import { MODEL_OPERATIONS, type Span, type TraceWide } from './span.js';
import { inputOf, NO_TOKENS, outputOf, type Tokens } from './tokens.js';
import { treeOf, type Twig } from './trace-tree.js';

/** What a span counts as: a node's visit, a model call, a tool call, or none of these. */
export const ROLES = ['visit', 'call', 'tool', 'other'] as const;
export type Role = (typeof ROLES)[number];

/** Evaluations and experiments of the telemetry's own makers are no users' traffic. */
export const TRAFFIC = ['live', 'evaluation'] as const;
export type Traffic = (typeof TRAFFIC)[number];

/** What rollups are kept by. A tool has a name on tool calls only, a model and provider on model calls only. */
export interface Dimensions {
  readonly role: Role;
  readonly traffic: Traffic;
  readonly assistant: string | null;
  readonly version: string | null;
  readonly node: string | null;
  readonly tool: string | null;
  readonly model: string | null;
  readonly provider: string | null;
  readonly route: string | null;
  readonly segment: string | null;
  readonly channel: string | null;
  readonly environment: string | null;
}

/** Numbers that add up over contributions. */
export interface Counts {
  readonly spans: number;
  readonly errors: number;
  /** Spans without a parent. */
  readonly runs: number;
  readonly runErrors: number;
  readonly visits: number;
  readonly calls: number;
  readonly toolCalls: number;
  readonly toolErrors: number;
  /** Calls that neither the sender nor the price list puts a price on, and their tokens. */
  readonly unpricedCalls: number;
  readonly unpricedTokens: number;
}

/** What one span adds. */
export interface Contribution {
  readonly spanId: string;
  /** Minutes since 1970, of the start. */
  readonly minute: number;
  readonly dimensions: Dimensions;
  readonly user: string | null;
  readonly thread: string | null;
  /** The run that was named, else the trace. */
  readonly run: string;
  readonly counts: Counts;
  readonly tokens: Tokens;
  /** In 1e-12 USD: as the sender says, and where it says nothing, by the price list. */
  readonly costSent: bigint;
  readonly costPriced: bigint;
  /** The bin of the sketch, null when the duration is unknown. */
  readonly latencyBin: number | null;
  readonly latencyNs: bigint | null;
}

/** In the order of their span ids. */
export function contributions(trace: readonly Span[], prices: PriceList): Contribution[] {
  const twigs = treeOf(trace);
  const reading = new Reading(twigs);
  return twigs
    .map((twig) => contributionOf(twig.span, reading, prices))
    .sort((a, b) => (a.spanId < b.spanId ? -1 : 1));
}

const NS_PER_MINUTE = 60_000_000_000n;

function contributionOf(span: Span, reading: Reading, prices: PriceList): Contribution {
  const { node, role } = reading.placeOf(span);
  const wide = reading.wideOf(span);
  const isCall = role === 'call';
  const isTool = role === 'tool';
  const failed = Number(span.error);
  const isRun = span.parentSpanId === null;
  const tokens = isCall ? (span.tokens ?? NO_TOKENS) : NO_TOKENS;
  const priced = isCall && span.costSent === null ? priceOf(span, prices) : null;
  const unpriced = isCall && span.costSent === null && priced === null;
  return {
    spanId: span.spanId,
    minute: Number(span.start / NS_PER_MINUTE),
    dimensions: {
      role,
      traffic: reading.traffic,
      assistant: wide.assistant,
      version: wide.version,
      node,
      tool: isTool ? span.tool : null,
      model: isCall ? span.model : null,
      provider: isCall ? span.provider : null,
      route: wide.route,
      segment: wide.segment,
      channel: wide.channel,
      environment: wide.environment,
    },
    user: wide.user,
    thread: wide.thread,
    run: wide.run ?? span.traceId,
    counts: {
      spans: 1,
      errors: failed,
      runs: Number(isRun),
      runErrors: isRun ? failed : 0,
      visits: Number(role === 'visit'),
      calls: Number(isCall),
      toolCalls: Number(isTool),
      toolErrors: isTool ? failed : 0,
      unpricedCalls: Number(unpriced),
      unpricedTokens: unpriced ? inputOf(tokens) + outputOf(tokens) : 0,
    },
    tokens,
    costSent: isCall ? (span.costSent ?? 0n) : 0n,
    costPriced: priced ?? 0n,
    latencyBin: span.durationNs === null ? null : binOf(span.durationNs),
    latencyNs: span.durationNs,
  };
}

const WIDE = [
  'assistant',
  'version',
  'user',
  'thread',
  'run',
  'route',
  'segment',
  'channel',
  'environment',
] as const satisfies readonly (keyof TraceWide)[];

interface Place {
  readonly node: string | null;
  readonly role: Role;
}

/** What the spans of a trace say of each other. */
class Reading {
  readonly traffic: Traffic;
  private readonly wide = new Map<string, TraceWide>();
  private readonly places = new Map<string, Place>();

  constructor(twigs: readonly Twig[]) {
    const fallback = fallbackOf(twigs.map(({ span }) => span));
    const inherited = new Map<Twig, TraceWide>();
    const calls = callsOf(twigs);
    const visits = new Map<Twig, string | null>(); // the node whose visit a twig is in, past no tool
    this.traffic = twigs.some(({ span }) => isEvaluation(span.environment)) ? 'evaluation' : 'live';
    for (const twig of twigs) {
      const { span, parent } = twig;
      const above = parent === null ? null : (inherited.get(parent) ?? null);
      const own = filled(span, above);
      inherited.set(twig, own);
      this.wide.set(span.spanId, filled(own, fallback));
      const around = parent === null ? null : (visits.get(parent) ?? null);
      const node = nodeOf(span, parent === null ? null : (this.places.get(parent.span.spanId)?.node ?? null));
      const role = calls.has(twig) ? 'call' : roleOf(span, node, around);
      this.places.set(span.spanId, { node, role });
      visits.set(twig, role === 'visit' ? node : role === 'tool' ? null : around);
    }
  }

  wideOf(span: Span): TraceWide {
    return this.wide.get(span.spanId) ?? span;
  }

  placeOf(span: Span): Place {
    return this.places.get(span.spanId) ?? { node: null, role: 'other' };
  }
}

/** The first, with what the second says where it says nothing. */
function filled(own: TraceWide, other: TraceWide | null): TraceWide {
  const wide = { ...NOTHING };
  for (const name of WIDE) wide[name] = own[name] ?? other?.[name] ?? null;
  return wide;
}

const NOTHING: { -readonly [Name in keyof TraceWide]: TraceWide[Name] } = {
  assistant: null,
  version: null,
  user: null,
  thread: null,
  run: null,
  route: null,
  segment: null,
  channel: null,
  environment: null,
};

/** What no ancestor says: the root, then whichever span says it first in time. */
function fallbackOf(spans: readonly Span[]): TraceWide {
  const inTime = [...spans].sort((a, b) => {
    if ((a.parentSpanId === null) !== (b.parentSpanId === null)) return a.parentSpanId === null ? -1 : 1;
    if (a.start !== b.start) return a.start < b.start ? -1 : 1;
    return a.spanId < b.spanId ? -1 : 1;
  });
  const wide = { ...NOTHING };
  for (const name of WIDE) wide[name] = inTime.find((span) => span[name] !== null)?.[name] ?? null;
  wide.assistant ??=
    inTime.find(({ operation, agent }) => operation === 'invoke_agent' && agent !== null)?.agent ?? null;
  return wide;
}

/** Langfuse's own judges and experiments run in environments of these names. */
const isEvaluation = (environment: string | null) =>
  environment !== null && (environment === 'sdk-experiment' || environment.startsWith('langfuse-'));

/** A graph's node that is named, an agent for itself, else what it stands in; last, whose step it says it is. */
function nodeOf(span: Span, around: string | null): string | null {
  const itself = span.operation === 'invoke_agent' ? span.agent : null;
  return span.node ?? itself ?? around ?? span.agent;
}

function roleOf(span: Span, node: string | null, around: string | null): Role {
  if (span.operation === 'execute_tool') return 'tool';
  const isStep = span.operation === 'node' || span.operation === 'invoke_agent';
  // Two instrumentations tell of one visit, one within the other.
  return isStep && node !== null && node !== around ? 'visit' : 'other';
}

/**
 * The twigs that are model calls. Where two instrumentations tell of one call, one stands within the other: the inner
 * one is it, unless it says nothing of tokens and the outer does. What an agent or a tool does in between is a call of
 * its own, and so is an embedding within a chat.
 */
function callsOf(twigs: readonly Twig[]): ReadonlySet<Twig> {
  const below = new Map<Twig, Told>();
  for (const twig of [...twigs].reverse())
    below.set(twig, either(twig.children.map((child) => toldBy(child, below))));
  const calls = new Set<Twig>();
  const covered = new Map<Twig, ReadonlySet<Family>>(); // families whose call a twig above tells, tokens and all
  for (const twig of twigs) {
    const { span, parent } = twig;
    const above = (parent === null || isBoundary(twig) ? undefined : covered.get(parent)) ?? NONE;
    const family = familyOf(span);
    const inner = below.get(twig) ?? NOBODY;
    const told = family !== null && (span.tokens === null ? inner.any : inner.tokens).has(family);
    const silent = family !== null && span.tokens === null && above.has(family);
    const isCall = family !== null && !told && !silent;
    if (isCall) calls.add(twig);
    covered.set(twig, isCall && span.tokens !== null ? new Set([...above, family]) : above);
  }
  return calls;
}

type Family = 'generation' | 'embeddings';

/** Of which families there are model spans, and such with tokens. */
interface Told {
  readonly any: ReadonlySet<Family>;
  readonly tokens: ReadonlySet<Family>;
}

const NONE: ReadonlySet<Family> = new Set();
const NOBODY: Told = { any: NONE, tokens: NONE };

const familyOf = ({ operation }: Span): Family | null =>
  operation === 'embeddings' ? 'embeddings' : MODEL_OPERATIONS.has(operation) ? 'generation' : null;

/** What a twig tells to those above it. */
function toldBy(twig: Twig, below: ReadonlyMap<Twig, Told>): Told {
  if (isBoundary(twig)) return NOBODY;
  const family = familyOf(twig.span);
  const inner = below.get(twig) ?? NOBODY;
  if (family === null) return inner;
  const one = new Set([family]);
  return either([inner, { any: one, tokens: twig.span.tokens === null ? NONE : one }]);
}

function either(told: readonly Told[]): Told {
  if (told.length < 2) return told[0] ?? NOBODY;
  return {
    any: new Set(told.flatMap(({ any }) => [...any])),
    tokens: new Set(told.flatMap(({ tokens }) => [...tokens])),
  };
}

const isBoundary = ({ span }: Twig) =>
  span.operation === 'execute_tool' ||
  span.operation === 'invoke_agent' ||
  span.operation === 'invoke_workflow';
